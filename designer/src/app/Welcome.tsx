import { Alert, Button, Form, Input, Spin } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { api, ask, type Schema } from '../api/client'
import { session } from './session'
import { Door, useRefusal } from './SignIn'

/** Where a set-up, invitation or reset link leads: a password is chosen, and one is in. */
export function Welcome() {
  const { t } = useTranslation()
  const refusal = useRefusal()
  const navigate = useNavigate()
  const { link = '' } = useParams()
  const [terms, setTerms] = useState<Schema<'LinkAnswer'> | null>(null)
  const [wrong, setWrong] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    ask(api.POST('/api/links/look', { body: { link } })).then(setTerms, setWrong)
  }, [link])
  const use = async ({ name, password }: { name?: string; password: string }) => {
    setBusy(true)
    try {
      session.enter(await ask(api.POST('/api/links/use', { body: name ? { link, password, name } : { link, password } })))
      // The link is used up: it must not stay among the pages one comes back to.
      void navigate('/journeys', { replace: true })
    } catch (problem) {
      setWrong(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Door title={terms ? t(`access.purpose.${terms.purpose}`) : undefined}>
      {!terms && wrong === null && <Spin />}
      {terms && (
        <Form layout="vertical" onFinish={use} requiredMark={false}>
          <p>{t(`access.welcome.${terms.purpose}`, { name: terms.name })}</p>
          {terms.purpose === 'set_up' && (
            <Form.Item name="name" label={t('access.name')} extra={t('access.nameHint')} rules={[{ required: true, message: t('access.name') }]}>
              <Input autoFocus autoComplete="username" />
            </Form.Item>
          )}
          <Form.Item name="password" label={t('access.newPassword')} extra={t('access.passwordHint')} rules={[{ required: true, min: 12, message: t('access.passwordHint') }]}>
            <Input.Password autoFocus={terms.purpose !== 'set_up'} autoComplete="new-password" />
          </Form.Item>
          <Form.Item
            name="again" label={t('access.again')} dependencies={['password']}
            rules={[({ getFieldValue }) => ({ validator: (_, value) => (value === getFieldValue('password') ? Promise.resolve() : Promise.reject(new Error(t('access.differs')))) })]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          {wrong !== null && <Alert type="error" showIcon title={refusal(wrong)} style={{ marginBottom: 16 }} />}
          <Button type="primary" htmlType="submit" loading={busy} block>{t('access.begin')}</Button>
        </Form>
      )}
      {!terms && wrong !== null && <Alert type="error" showIcon title={refusal(wrong)} />}
    </Door>
  )
}
