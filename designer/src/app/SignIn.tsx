import { BulbOutlined, TranslationOutlined } from '@ant-design/icons'
import { Alert, Button, Card, Form, Input, Modal, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, basic, Problem } from '../api/client'
import { languageNow, speak } from '../i18n'
import { chooseDark, useDark } from './preferences'
import { session, useSession } from './session'

/** What the server said, in the reader's language where we know the code. */
export function useRefusal() {
  const { t } = useTranslation()
  return (wrong: unknown) => {
    if (!(wrong instanceof Problem)) return String(wrong)
    if (wrong.code === 'offline') return t('error.offline')
    return t(`access.refused.${wrong.code}`, { defaultValue: wrong.message })
  }
}

interface Credentials {
  name: string
  password: string
  code?: string
}

function PersonForm({ onDone }: { onDone(): void }) {
  const { t } = useTranslation()
  const refusal = useRefusal()
  const [wrong, setWrong] = useState<unknown>(null)
  const [needsCode, setNeedsCode] = useState(false)
  const [busy, setBusy] = useState(false)
  const go = async ({ name, password, code }: Credentials) => {
    setBusy(true)
    try {
      session.enter(await ask(api.POST('/api/session', { body: code ? { name, password, code } : { name, password } })))
      onDone()
    } catch (problem) {
      const asksForCode = problem instanceof Problem && problem.code === 'code_needed'
      setNeedsCode(needsCode || asksForCode)
      setWrong(asksForCode ? null : problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Form layout="vertical" onFinish={go} requiredMark={false}>
      <Form.Item name="name" label={t('access.name')} rules={[{ required: true, message: t('access.name') }]}>
        <Input autoFocus autoComplete="username" />
      </Form.Item>
      <Form.Item name="password" label={t('access.password')} rules={[{ required: true, message: t('access.password') }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      {needsCode && (
        <Form.Item name="code" label={t('access.code')} extra={t('access.codeHint')} rules={[{ required: true, message: t('access.code') }]}>
          <Input autoFocus autoComplete="one-time-code" />
        </Form.Item>
      )}
      {wrong !== null && <Alert type="error" showIcon title={refusal(wrong)} style={{ marginBottom: 16 }} />}
      <Button type="primary" htmlType="submit" loading={busy} block>{t('signIn.go')}</Button>
    </Form>
  )
}

function KeyForm({ onDone }: { onDone(): void }) {
  const { t } = useTranslation()
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const tryKey = async ({ key }: { key: string }) => {
    setBusy(true)
    try {
      const answer = await fetch('/api/journeys', { headers: { Authorization: basic(key.trim()) }, credentials: 'omit' })
      if (answer.ok) {
        session.open(key.trim())
        onDone()
      } else {
        setWrong(answer.status === 403 ? 'signIn.role' : 'signIn.wrong')
      }
    } catch {
      setWrong('error.offline')
    } finally {
      setBusy(false)
    }
  }
  return (
    <Form layout="vertical" onFinish={tryKey} requiredMark={false}>
      <Form.Item name="key" label={t('signIn.key')} rules={[{ required: true, message: t('signIn.key') }]} extra={t('signIn.hint')}>
        <Input.Password autoFocus autoComplete="off" placeholder="am_admin_…" />
      </Form.Item>
      {wrong && <Alert type="error" showIcon title={t(wrong)} style={{ marginBottom: 16 }} />}
      <Button type="primary" htmlType="submit" loading={busy} block>{t('signIn.go')}</Button>
    </Form>
  )
}

/** By name and password, or, for who has no account, with a key. */
function EitherForm({ onDone, first }: { onDone(): void; first: 'person' | 'key' }) {
  const { t } = useTranslation()
  const [way, setWay] = useState(first)
  return (
    <>
      {way === 'person' ? <PersonForm onDone={onDone} /> : <KeyForm onDone={onDone} />}
      <Button type="link" block style={{ marginTop: 8 }} onClick={() => setWay(way === 'person' ? 'key' : 'person')}>
        {t(way === 'person' ? 'access.withKey' : 'access.withName')}
      </Button>
    </>
  )
}

/** A card in the middle of an otherwise empty page. Its language is chosen here as well: nobody is signed in who could say. */
export function Door({ title, children }: { title?: string; children: React.ReactNode }) {
  const { t } = useTranslation()
  const dark = useDark()
  return (
    <main className="sign-in">
      <div className="door-tools">
        <Button type="text" icon={<TranslationOutlined />} onClick={() => speak(languageNow() === 'zh' ? 'en' : 'zh')}>{t('app.language')}</Button>
        <Button type="text" icon={<BulbOutlined />} aria-label={t(dark ? 'app.light' : 'app.dark')} title={t(dark ? 'app.light' : 'app.dark')} onClick={() => chooseDark(!dark)} />
      </div>
      <Card style={{ width: 400, maxWidth: '100%' }}>
        <Typography.Title level={3} style={{ marginTop: 0 }}>
          <img src="/favicon.svg" alt="" width={28} height={28} /> {title ?? t('app.name')}
        </Typography.Title>
        {children}
      </Card>
    </main>
  )
}

export const SignIn = () => <Door><EitherForm first="person" onDone={() => undefined} /></Door>

/** The session ended while somebody worked: what is on screen stays beneath. */
export function SignInAgain({ onDone }: { onDone(): void }) {
  const { t } = useTranslation()
  const { over, key } = useSession()
  return (
    <Modal open={over} title={t('signIn.over')} footer={null} onCancel={() => void session.close()} destroyOnHidden>
      <p>{t('signIn.overHint')}</p>
      <EitherForm first={key ? 'key' : 'person'} onDone={onDone} />
    </Modal>
  )
}
