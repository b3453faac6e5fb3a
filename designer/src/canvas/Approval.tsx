import { Alert, Button, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'
import { moment } from '../i18n/times'
import { actorText } from '../sentence/facts'

/** What the publish sheet is doing. */
export type Doing = 'publish' | 'ask' | 'approve' | 'approvePublish' | 'reject' | 'withdraw'

type Answer = Schema<'ApprovalAnswer'>

/** Where the request stands, who said what and when, and what is to be done next. */
export function ApprovalNotice({ approval, isOutdated }: { approval: Answer; isOutdated: boolean }) {
  const { t } = useTranslation()
  return (
    <section data-approval={approval.request?.status ?? 'none'}>
      {isOutdated && <Alert type="warning" showIcon style={{ marginBottom: 8 }} title={t('approval.outdated')} description={t('approval.outdatedHint')} action={<Button size="small" onClick={() => window.location.reload()}>{t('common.reload')}</Button>} />}
      <Standing {...approval} />
    </section>
  )
}

function Standing({ request, edited_by, may_decide, is_own }: Answer) {
  const { t } = useTranslation()
  if (request?.status === 'open') {
    const hint = is_own ? t('approval.own') : may_decide ? t('approval.look') : t('approval.notYou')
    const editors = edited_by.map((one) => actorText(one.by)).join(', ')
    return <Alert type="info" showIcon title={t('approval.openBy', { who: actorText(request.asked_by), when: moment(request.asked_at) })} description={<><Words text={request.comment} />{hint}{editors && !is_own && <div className="soft">{t('approval.editors', { who: editors })}</div>}</>} />
  }
  if (request?.status === 'approved')
    return <Alert type="success" showIcon title={t('approval.approvedBy', { who: actorText(request.decided_by), when: moment(request.decided_at) })} description={<><Words text={request.decision} />{t('approval.approvedHint')}</>} />
  if (request?.status === 'rejected')
    return <Alert type="warning" showIcon title={t('approval.rejectedBy', { who: actorText(request.decided_by), when: moment(request.decided_at) })} description={<Words text={request.decision} />} />
  if (request?.status === 'void') {
    const gap = { other: actorText(request.ended_by), when: moment(request.ended_at) }
    const title = request.decided_by
      ? t('approval.voidApproved', { who: actorText(request.decided_by), asked: moment(request.decided_at), ...gap })
      : t('approval.voidAsked', { who: actorText(request.asked_by), asked: moment(request.asked_at), ...gap })
    return <Alert type="warning" showIcon title={title} description={t('approval.voidHint')} />
  }
  return <Alert type="info" showIcon title={t('approval.needed')} description={t('approval.neededHint')} />
}

const Words = ({ text }: { text: string | null | undefined }) => (text ? <blockquote className="words">{text}</blockquote> : null)

/** For whoever approves, or for whoever asked. */
export function CommentField({ value, isAsking, onChange }: { value: string; isAsking: boolean; onChange(value: string): void }) {
  const { t } = useTranslation()
  return (
    <section>
      <h3>{t('approval.comment')}</h3>
      <Input.TextArea
        aria-label={t('approval.comment')} autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} showCount value={value}
        placeholder={t(isAsking ? 'approval.commentAsk' : 'approval.commentDecide')} onChange={(typed) => onChange(typed.target.value)}
      />
    </section>
  )
}
