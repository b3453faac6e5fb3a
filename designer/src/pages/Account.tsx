import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Card, Form, Input, Modal, QRCode } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schema } from '../api/client'
import { Failure, PageHead, useTell } from '../app/parts'
import { session, useSession } from '../app/session'
import { useRefusal } from '../app/SignIn'
import { SessionTable } from './SessionTable'

/** One's own account: password, second factor, sessions. */
export default function Account() {
  const { t } = useTranslation()
  const { person } = useSession()
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: () => ask(api.GET('/api/session/all')), enabled: person !== null })
  if (!person) return null
  const end = (id: string) => ask(api.DELETE('/api/session/all/{id}', { params: { path: { id } } })).then(() => void sessions.refetch())
  return (
    <>
      <PageHead title={t('access.account')} />
      <p className="soft">{t('access.you', { name: person.name, role: t(`access.roles.${person.role}`) })}</p>
      <div className="stack">
        <Password />
        <SecondFactor person={person} />
        <Card size="small" title={t('access.sessions')}>
          <Failure wrong={sessions.error} again={() => void sessions.refetch()} />
          <SessionTable sessions={sessions.data?.sessions} onEnd={end} />
        </Card>
      </div>
    </>
  )
}

function Password() {
  const { t } = useTranslation()
  const tell = useTell()
  const refusal = useRefusal()
  const [form] = Form.useForm<{ password: string; new_password: string }>()
  const [wrong, setWrong] = useState<string | null>(null)
  const change = (body: { password: string; new_password: string }) =>
    ask(api.POST('/api/session/password', { body })).then(() => {
      setWrong(null)
      form.resetFields()
      tell.done(t('access.changed'))
    }).catch((problem) => setWrong(refusal(problem)))
  return (
    <Card size="small" title={t('access.changePassword')}>
      <Form form={form} layout="vertical" requiredMark={false} style={{ maxWidth: 360 }} onFinish={change}>
        <Form.Item name="password" label={t('access.oldPassword')} rules={[{ required: true, message: t('access.oldPassword') }]}><Input.Password autoComplete="current-password" /></Form.Item>
        <Form.Item name="new_password" label={t('access.newPassword')} extra={t('access.passwordHint')} rules={[{ required: true, min: 12, message: t('access.passwordHint') }]}><Input.Password autoComplete="new-password" /></Form.Item>
        {wrong && <Alert type="error" showIcon title={wrong} style={{ marginBottom: 16 }} />}
        <Button htmlType="submit">{t('access.changePassword')}</Button>
      </Form>
    </Card>
  )
}

function SecondFactor({ person }: { person: Schema<'SignedInAnswer'> }) {
  const { t } = useTranslation()
  const refusal = useRefusal()
  const [asking, setAsking] = useState(false)
  const [offer, setOffer] = useState<Schema<'OfferAnswer'> | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const tried = (work: Promise<unknown>) => void work.then(() => setWrong(null)).catch((problem) => setWrong(refusal(problem)))
  const withPassword = ({ password }: { password: string }) => tried(person.second_factor
    ? ask(api.POST('/api/session/second-factor/leave', { body: { password } })).then(() => (setAsking(false), session.ask()))
    : ask(api.POST('/api/session/second-factor', { body: { password } })).then((one) => (setAsking(false), setOffer(one))))
  const withCode = ({ code }: { code: string }) => tried(
    ask(api.PUT('/api/session/second-factor', { body: { code } })).then((one) => (setOffer(null), setCodes(one.recovery_codes), session.ask())))
  const problem = wrong && <Alert type="error" showIcon title={wrong} style={{ marginBottom: 16 }} />
  return (
    <Card size="small" title={t('access.factor')}>
      <p>{person.second_factor ? t('access.factorOn', { count: person.recovery_codes }) : t('access.factorOff')}</p>
      {!asking && !offer && <Button onClick={() => setAsking(true)}>{t(person.second_factor ? 'access.factorLeave' : 'access.factorTake')}</Button>}
      {asking && (
        <Form layout="vertical" requiredMark={false} style={{ maxWidth: 360 }} onFinish={withPassword}>
          <Form.Item name="password" label={t('access.oldPassword')} rules={[{ required: true, message: t('access.oldPassword') }]}><Input.Password autoFocus autoComplete="current-password" /></Form.Item>
          {problem}
          <Button htmlType="submit">{t('common.ok')}</Button>
        </Form>
      )}
      {offer && (
        <Form layout="vertical" requiredMark={false} style={{ maxWidth: 420 }} onFinish={withCode}>
          <QRCode value={offer.uri} type="svg" bgColor="#fff" color="#000" />
          <p style={{ wordBreak: 'break-all' }}>{t('access.factorScan', { secret: offer.secret })}</p>
          <Form.Item name="code" label={t('access.code')} rules={[{ required: true, message: t('access.code') }]}><Input autoFocus autoComplete="one-time-code" /></Form.Item>
          {problem}
          <Button htmlType="submit">{t('common.ok')}</Button>
        </Form>
      )}
      <Modal open={codes !== null} title={t('access.recovery')} onCancel={() => setCodes(null)} onOk={() => setCodes(null)} cancelButtonProps={{ style: { display: 'none' } }}>
        <p>{t('access.recoveryHint')}</p>
        <pre className="json">{codes?.join('\n')}</pre>
      </Modal>
    </Card>
  )
}
