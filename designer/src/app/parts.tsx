import { Alert, App, Button, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { Problem } from '../api/client'
import type { Schema } from '../api/client'

/** A refusal or a failure, in the server's own sentence, with its code. */
export function Failure({ wrong, again }: { wrong: unknown; again?: () => void }) {
  const { t } = useTranslation()
  if (!wrong) return null
  const offline = wrong instanceof Problem && wrong.code === 'offline'
  return (
    <Alert
      type="error" showIcon style={{ marginBottom: 16 }} title={offline ? t('error.offline') : t('error.title')}
      description={offline ? undefined : <>{(wrong as Error).message} {wrong instanceof Problem && <code>{wrong.code}</code>}</>}
      action={again && <Button size="small" onClick={again}>{t('common.retry')}</Button>}
    />
  )
}

/** Tells a failure of something that was clicked. */
export function useTell() {
  const { notification, message } = App.useApp()
  const { t } = useTranslation()
  return {
    done: (text: string) => void message.success(text),
    failed: (wrong: unknown) =>
      notification.error({
        title: wrong instanceof Problem && wrong.code === 'offline' ? t('error.offline') : t('error.title'),
        description: wrong instanceof Problem && wrong.code !== 'offline' ? `${wrong.message} (${wrong.code})` : undefined,
      }),
  }
}

const colours = { draft: 'default', published: 'success', paused: 'warning', archived: 'default' } as const

export function StatusTag({ status }: { status: Schema<'JourneyStatus'> }) {
  const { t } = useTranslation()
  return <Tag color={colours[status]} style={{ marginInlineEnd: 0 }}>{t(`status.${status}`)}</Tag>
}

const asked = { open: 'gold', approved: 'cyan', rejected: 'red' } as const

/** Where a request to publish stands; nothing where there is nothing to do about it. */
export function ApprovalTag({ status }: { status: Schema<'ApprovalStatus'> | undefined }) {
  const { t } = useTranslation()
  if (status !== 'open' && status !== 'approved' && status !== 'rejected') return null
  return <Tag color={asked[status]} data-approval={status} style={{ marginInlineEnd: 0 }}>{t(`approval.status.${status}`)}</Tag>
}

export const PageHead = ({ title, children }: { title: string; children?: React.ReactNode }) => (
  <header className="page-head">
    <h1>{title}</h1>
    <div className="page-tools">{children}</div>
  </header>
)
