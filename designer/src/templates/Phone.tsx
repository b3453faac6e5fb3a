import { CustomerServiceOutlined, LinkOutlined, PictureOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { channelName } from '../sentence/sentence'
import { withSign } from './sms'

type Content = Record<string, unknown>
const words = (value: unknown) => (value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value))
const inner = (value: unknown): Content => (typeof value === 'object' && value !== null ? (value as Content) : {})

/** What is seen on a phone. Content is always text, never markup. */
export function Phone({ channel, content }: { channel: string; content: Content | null }) {
  const { t } = useTranslation()
  return (
    <figure className={`phone phone-${channel}`} aria-label={`${t('template.preview')}: ${channelName(channel, t)}`}>
      <div className="phone-top"><span>9:41</span><b>{channelName(channel, t)}</b><span aria-hidden>●●●</span></div>
      <div className="phone-screen">{content && <Shown channel={channel} content={content} />}</div>
    </figure>
  )
}

function Shown({ channel, content }: { channel: string; content: Content }) {
  switch (channel) {
    case 'sms': return <Sms content={content} />
    case 'wecom':
    case 'wecom_welcome':
    case 'wecom_app':
    case 'wecom_robot':
    case 'mini_program_service': return <WeCom content={content} />
    case 'mini_program':
    case 'official_account': return <ServiceCard content={content} />
    default: return Object.keys(content).length === 1 && typeof content.text === 'string' ? <div className="said">{content.text}</div> : <pre className="json">{JSON.stringify(content, null, 2)}</pre>
  }
}

function Sms({ content }: { content: Content }) {
  const params = Object.entries(inner(content.params))
  const sign = typeof content.sign === 'string' ? content.sign : undefined
  return (
    <div className="said">
      {content.text !== undefined ? withSign(words(content.text), sign) : <><code>{words(content.template)}</code>{params.map(([name, value]) => <div key={name}><span className="soft">{name}</span> {words(value)}</div>)}</>}
    </div>
  )
}

function WeCom({ content }: { content: Content }) {
  const { t } = useTranslation()
  const mini = inner(content.mini_program)
  return (
    <>
      {content.text !== undefined && <div className="talk"><span className="face" aria-hidden><CustomerServiceOutlined /></span><div className="said">{words(content.text)}</div></div>}
      {content.image !== undefined && <div className="talk"><span className="face" aria-hidden><CustomerServiceOutlined /></span><div className="picture"><PictureOutlined /> {words(content.image)}</div></div>}
      {(content.title !== undefined || content.url !== undefined) && (
        <div className="talk"><span className="face" aria-hidden><LinkOutlined /></span><div className="link-card"><b>{words(content.title)}</b><span className="soft">{words(content.description)}</span><small>{words(content.url)}</small></div></div>
      )}
      {content.mini_program !== undefined && (
        <div className="talk"><span className="face" aria-hidden><CustomerServiceOutlined /></span><div className="mini-card"><b>{words(mini.title)}</b><div className="picture"><PictureOutlined /></div><small>{t('template.mini')} · {words(mini.page)}</small></div></div>
      )}
    </>
  )
}

function ServiceCard({ content }: { content: Content }) {
  const { t } = useTranslation()
  const rows = Object.entries(inner(content.data))
  return (
    <div className="service-card">
      <small className="soft">{t('template.noticed')}</small>
      {content.template_id !== undefined && <code>{words(content.template_id)}</code>}
      {content.text !== undefined && <p>{words(content.text)}</p>}
      {rows.length > 0 && <dl>{rows.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{words(typeof value === 'object' ? inner(value).value : value)}</dd></div>)}</dl>}
      <div className="service-open">{t('template.open')} ›{content.page !== undefined && <small className="soft"> {words(content.page)}</small>}{content.url !== undefined && <small className="soft"> {words(content.url)}</small>}</div>
    </div>
  )
}
