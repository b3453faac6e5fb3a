import { DeleteOutlined, DownloadOutlined } from '@ant-design/icons'
import { Alert, Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schema } from '../api/client'
import { isAdmin, useSession } from '../app/session'
import { useTell } from '../app/parts'

/** All that is kept of somebody as a file, and erasing them: what the law gives a person a right to. */
export function AboutPerson({ contact, onErased }: { contact: Schema<'ContactAnswer'>; onErased(): void }) {
  const { t } = useTranslation()
  const tell = useTell()
  const admin = isAdmin(useSession())
  const [erasing, setErasing] = useState(false)
  const path = { params: { path: { id: contact.id } } }
  const hand = () =>
    void ask(api.GET('/api/contacts/{id}/export', { ...path, parseAs: 'blob' }))
      .then((whole) => save(whole as unknown as Blob, `contact-${contact.id}.json`)).catch(tell.failed)
  const erase = ({ reason }: { reason: string }) =>
    void ask(api.POST('/api/contacts/{id}/erase', { ...path, body: { reason } })).then(() => (setErasing(false), tell.done(t('personal.erased')), onErased())).catch(tell.failed)
  return (
    <>
      <Button icon={<DownloadOutlined />} title={t('personal.exportHint')} onClick={hand}>{t('personal.export')}</Button>
      {admin && !contact.erased && <Button danger icon={<DeleteOutlined />} onClick={() => setErasing(true)}>{t('personal.erase')}</Button>}
      <Modal open={erasing} footer={null} destroyOnHidden title={t('personal.eraseTitle', { id: contact.id })} onCancel={() => setErasing(false)}>
        <Erased contact={contact} />
        <Form layout="vertical" requiredMark={false} onFinish={erase}>
          <Form.Item name="reason" label={t('personal.reason')} extra={t('personal.reasonHint')} rules={[{ required: true, whitespace: true, max: 500, message: t('personal.reasonHint') }]}><Input maxLength={500} /></Form.Item>
          <Form.Item name="typed" label={t('personal.type', { id: contact.id })} rules={[{ required: true, validator: (_, typed) => (typed === String(contact.id) ? Promise.resolve() : Promise.reject(new Error(t('personal.type', { id: contact.id })))) }]}><Input autoComplete="off" /></Form.Item>
          <div className="row" style={{ justifyContent: 'flex-end' }}>
            <Button onClick={() => setErasing(false)}>{t('common.cancel')}</Button>
            <Button danger type="primary" htmlType="submit">{t('personal.erase')}</Button>
          </div>
        </Form>
      </Modal>
    </>
  )
}

/** What goes and what stays, said before it is done. */
function Erased({ contact }: { contact: Schema<'ContactAnswer'> }) {
  const { t } = useTranslation()
  return (
    <>
      <Alert type="warning" showIcon title={t('personal.eraseForGood')} style={{ marginBottom: 12 }} />
      <p>{t('personal.eraseWhat')}</p>
      <ul>
        <li>{t('personal.eraseIdentities', { count: contact.identities.length })}</li>
        <li>{t('personal.eraseProfile', { count: Object.keys((contact.attributes ?? {}) as object).length })}</li>
        <li>{t('personal.eraseJourneys', { count: contact.enrollments.length })}</li>
        <li>{t('personal.eraseContents')}</li>
      </ul>
      <p className="soft">{t('personal.eraseStays')}</p>
    </>
  )
}

function save(content: Blob, name: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
