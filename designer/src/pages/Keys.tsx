import { useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Card, Form, Input, Modal, Select, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schema } from '../api/client'
import { Failure, useTell } from '../app/parts'
import { moment } from '../i18n/times'

const roles: Schema<'Role'>[] = ['write', 'viewer', 'operator', 'marketer', 'developer', 'admin']

/** API keys: made, seen once, revoked. */
export function Keys() {
  const { t } = useTranslation()
  const tell = useTell()
  const { modal } = App.useApp()
  const queries = useQueryClient()
  const keys = useQuery({ queryKey: ['keys'], queryFn: () => ask(api.GET('/api/keys')) })
  const [making, setMaking] = useState(false)
  const [text, setText] = useState<string | null>(null)
  const again = () => queries.invalidateQueries({ queryKey: ['keys'] })
  const make = (body: { name: string; role: Schema<'Role'> }) => void ask(api.POST('/api/keys', { body })).then((one) => (setMaking(false), setText(one.key), again())).catch(tell.failed)
  const revoke = (id: string, name: string) => modal.confirm({
    title: t('access.revokeAsk', { name: name || id }), onOk: () => ask(api.DELETE('/api/keys/{id}', { params: { path: { id } } })).then(again).catch(tell.failed),
  })
  return (
    <Card size="small" title={t('access.keys')} extra={<Button size="small" onClick={() => setMaking(true)}>{t('access.newKey')}</Button>}>
      <Failure wrong={keys.error} again={() => void keys.refetch()} />
      <Table
        rowKey="id" size="small" pagination={false} loading={keys.isPending} dataSource={keys.data?.keys} locale={{ emptyText: t('common.nothing') }} scroll={{ x: 700 }}
        columns={[
          { title: t('access.what'), render: (_, one) => one.name || <span className="soft">–</span> },
          { title: t('common.key'), width: 150, render: (_, one) => <code>{one.id}</code> },
          { title: t('access.role'), render: (_, one) => <>{t(`access.roles.${one.role}`)}{one.scopes && <div className="key">{t('access.only', { scopes: one.scopes.join(', ') })}</div>}</> },
          { title: t('access.made'), className: 'when', render: (_, one) => moment(one.created_at) },
          { title: t('access.used'), className: 'when', render: (_, one) => moment(one.last_used_at) || <span className="soft">{t('contacts.never')}</span> },
          { title: t('access.until'), className: 'when', render: (_, one) => moment(one.expires_at) || <span className="soft">{t('access.revoked')}</span> },
          { title: '', width: 90, render: (_, one) => <Button size="small" onClick={() => revoke(one.id, one.name)}>{t('access.revoke')}</Button> },
        ]}
      />
      <Modal open={making} title={t('access.newKey')} footer={null} onCancel={() => setMaking(false)} destroyOnHidden>
        <Form layout="vertical" requiredMark={false} initialValues={{ role: 'write' }} onFinish={make}>
          <Form.Item name="name" label={t('access.what')} rules={[{ required: true, message: t('access.what') }]}><Input autoFocus autoComplete="off" /></Form.Item>
          <Form.Item name="role" label={t('access.role')}><Select options={roles.map((one) => ({ value: one, label: t(`access.roles.${one}`) }))} /></Form.Item>
          <Button type="primary" htmlType="submit" block>{t('access.newKey')}</Button>
        </Form>
      </Modal>
      <Modal open={text !== null} title={t('access.keyShown')} onOk={() => setText(null)} onCancel={() => setText(null)} cancelButtonProps={{ style: { display: 'none' } }}>
        <p>{t('access.keyHint')}</p>
        <Input.TextArea readOnly autoSize aria-label={t('access.keyShown')} value={text ?? ''} />
      </Modal>
    </Card>
  )
}
