import { ExclamationCircleFilled, FlagOutlined, PushpinOutlined, ThunderboltFilled, WarningFilled } from '@ant-design/icons'
import { Handle, Position, type Node, type NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { count } from '../i18n'
import { hasErrors, type Finding } from '../model/findings'
import type { Journey, Step } from '../model/journey'
import { reasonText } from '../sentence/facts'
import { findingText } from '../sentence/findings'
import { entryText, stepText, stepTitle, triggerText } from '../sentence/sentence'
import { dragStep } from './dragging'
import type { Figures } from './figures'
import { kindOf } from './kinds'

export interface CardContent extends Record<string, unknown> {
  step: Step | null
  journey: Journey | null
  findings: Finding[] | undefined
  figures: Figures | undefined
  note: string | undefined
  found: boolean
  lost: boolean
  movable: boolean
  walk: 'on' | 'here' | 'off' | undefined
}
export type CardNode = Node<CardContent, 'card'>

export const StepCard = memo(function StepCard({ data, selected }: NodeProps<CardNode>) {
  const { t } = useTranslation()
  const { step, journey, findings, figures } = data
  const kind = step ? kindOf(step.type) : { icon: <ThunderboltFilled />, colour: '#c2347e' }
  const title = step ? stepTitle(step, t) : t('canvas.start')
  const sentence = step ? stepText(step, t) : triggerText(journey!.trigger, t)
  const told = findings?.map((finding) => findingText(finding)).join('\n')
  return (
    <div
      className={`card nopan${selected ? ' selected' : ''}${data.found ? ' found' : ''}${data.lost ? ' lost' : ''}${data.walk ? ` walk-${data.walk}` : ''}`}
      style={{ '--kind': kind.colour } as React.CSSProperties} data-step={step?.id ?? '/trigger'} {...(step && data.movable ? dragStep(step.id) : {})}
    >
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <div className="card-head">
        <span className="card-icon" aria-hidden>{kind.icon}</span>
        <span className="card-title">{title}</span>
        {data.note && <PushpinOutlined title={data.note} className="card-note" />}
        {findings && findings.length > 0 && (
          <span className={hasErrors(findings) ? 'badge error' : 'badge'} title={told} role="img" aria-label={told}>
            {hasErrors(findings) ? <ExclamationCircleFilled /> : <WarningFilled />} {findings.length}
          </span>
        )}
      </div>
      <div className="card-text" title={sentence}>{sentence}</div>
      <div className="card-foot">
        {step ? (
          data.lost ? t('canvas.lost') : figures && (
            <>
              {figures.here > 0 && <b>{t('canvas.here', { count: figures.here })}</b>}
              {figures.past > 0 && <span>{t('canvas.past', { count: figures.past })}</span>}
              {figures.notSent > 0 && <span className="not-sent" title={figures.refusals.filter((one) => one.nothing > 0).map((one) => `${reasonText(one.reason, t)} ${count(one.nothing)}`).join('\n')}>{t('canvas.notSent', { count: figures.notSent })}</span>}
              {figures.left > 0 && <span>{t('canvas.leftHere', { count: figures.left })}</span>}
            </>
          )
        ) : (
          <>
            <span className="ellipsis">{entryText(journey!.entry, t)}</span>
            {journey!.goal && <span title={t('form.goal')}><FlagOutlined /> {journey!.goal.event}</span>}
          </>
        )}
      </div>
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </div>
  )
})
