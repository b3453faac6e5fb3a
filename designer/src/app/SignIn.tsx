import { Alert, Button, Card, Form, Input, Modal, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { basic } from '../api/client'
import { session, useSession } from './session'

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
        setWrong(t(answer.status === 403 ? 'signIn.role' : 'signIn.wrong'))
      }
    } catch {
      setWrong(t('error.offline'))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Form layout="vertical" onFinish={tryKey} requiredMark={false}>
      <Form.Item name="key" label={t('signIn.key')} rules={[{ required: true, message: t('signIn.key') }]} extra={t('signIn.hint')}>
        <Input.Password autoFocus autoComplete="off" placeholder="am_admin_…" />
      </Form.Item>
      {wrong && <Alert type="error" showIcon title={wrong} style={{ marginBottom: 16 }} />}
      <Button type="primary" htmlType="submit" loading={busy} block>
        {t('signIn.go')}
      </Button>
    </Form>
  )
}

export function SignIn() {
  const { t } = useTranslation()
  return (
    <main className="sign-in">
      <Card style={{ width: 400 }}>
        <Typography.Title level={3} style={{ marginTop: 0 }}>
          <img src="/favicon.svg" alt="" width={28} height={28} /> {t('app.name')}
        </Typography.Title>
        <KeyForm onDone={() => undefined} />
      </Card>
    </main>
  )
}

/** The session ended while somebody worked: what is on screen stays beneath. */
export function SignInAgain({ onDone }: { onDone(): void }) {
  const { t } = useTranslation()
  const { over } = useSession()
  return (
    <Modal open={over} title={t('signIn.over')} footer={null} onCancel={() => session.close()} destroyOnHidden>
      <p>{t('signIn.overHint')}</p>
      <KeyForm onDone={onDone} />
    </Modal>
  )
}
