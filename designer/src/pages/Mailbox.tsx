import { EyeInvisibleOutlined, EyeOutlined, ReloadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Card, Empty, Popconfirm, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, ask } from '../api/client'
import { useAccounts, useSettings } from '../api/queries'
import { Failure, PageHead, useTell } from '../app/parts'
import { moment } from '../i18n/times'
import { standIns } from '../model/standIns'
import { channelName } from '../sentence/sentence'
import { JourneyLink, TemplateLink } from './Names'

/** What the sandbox kept instead of sending. */
export default function Mailbox() {
  const { t } = useTranslation()
  const tell = useTell()
  const [reveal, setReveal] = useState(false)
  // In clear it is asked for once and not every few seconds: each look is on record.
  const mails = useQuery({ queryKey: ['mailbox', reveal], refetchInterval: reveal ? false : 5_000, queryFn: () => ask(api.GET('/api/sandbox/mailbox', { params: { query: { limit: 60, ...(reveal ? { reveal } : {}) } } })) })
  const clear = () => ask(api.DELETE('/api/sandbox/mailbox')).then(() => mails.refetch()).catch(tell.failed)
  return (
    <>
      <PageHead title={t('mailbox.title')}>
        <span className="soft">{mails.data && t('mailbox.total', { count: mails.data.total })}</span>
        <Button icon={reveal ? <EyeInvisibleOutlined /> : <EyeOutlined />} title={t('personal.showHint')} onClick={() => setReveal(!reveal)}>{t(reveal ? 'personal.hide' : 'personal.show')}</Button>
        <Button icon={<ReloadOutlined />} aria-label={t('common.reload')} onClick={() => void mails.refetch()} />
        <Popconfirm title={t('mailbox.clear')} onConfirm={clear}><Button danger>{t('mailbox.clear')}</Button></Popconfirm>
      </PageHead>
      <p className="soft">{t('mailbox.hint')}</p>
      <Failure wrong={mails.error} again={() => void mails.refetch()} />
      <Elsewhere />
      {mails.data?.messages.length === 0 && <Empty description={t('mailbox.empty')} />}
      <div className="mails">
        {mails.data?.messages.map((mail) => (
          <Card key={mail.sequence} size="small" title={<><Tag color="blue">{channelName(mail.channel, t)}</Tag>{mail.address}</>} extra={<span className="key">{moment(mail.received_at)}</span>}>
            <div className="bubble">{words(mail.content)}</div>
            <div className="key" style={{ marginTop: 10 }}>
              {mail.contact !== '0' && <><Link to={`/contacts/${mail.contact}`}>{t('contacts.id')} {mail.contact}</Link> · </>}
              {mail.journey ? <><JourneyLink of={mail.journey} search={`?view=person&contact=${mail.contact}`} /> · {mail.step}</> : <><Tag color="purple">{t('template.trial')}</Tag> <TemplateLink of={mail.step} /></>}
              {mail.arrivals > 1 && <Tag color="error" style={{ marginInlineStart: 8 }}>{t('mailbox.twice', { count: mail.arrivals })}</Tag>}
            </div>
          </Card>
        ))}
      </div>
    </>
  )
}

const sandbox = 'sandbox'

/** Channels whose account is not the sandbox: what they send is not kept here, and where it is to be seen. */
function Elsewhere() {
  const { t } = useTranslation()
  const chosen = useSettings().data?.accounts ?? {}
  const accounts = useAccounts().data?.accounts
  const others = Object.entries(chosen).filter(([, account]) => account !== sandbox && accounts?.find((one) => one.key === account)?.connector !== sandbox)
  if (!accounts || others.length === 0) return null
  const pages = standIns(accounts.filter((one) => others.some(([, account]) => account === one.key)).map((one) => one.configuration))
  return (
    <Alert
      type="info" showIcon style={{ marginBottom: 16 }}
      title={t('mailbox.elsewhere', { channels: others.map(([channel, account]) => `${channelName(channel, t)} · ${account}`).join(t('estimate.comma')) })}
      description={
        <>
          <Link to="/messages">{t('mailbox.sent')}</Link>
          {pages.map((page) => <span key={page}> · <a href={page} target="_blank" rel="noreferrer">{t('mailbox.standIns', { page })}</a></span>)}
        </>
      }
    />
  )
}

// A message's text as it is; what has no text is shown as the data it is.
function words(content: unknown): string {
  const values = Object.values((content ?? {}) as Record<string, unknown>)
  return values.every((value) => typeof value === 'string') ? values.join('\n') : JSON.stringify(content, null, 2)
}
