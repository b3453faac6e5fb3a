import { CloseOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button, Form } from 'antd'
import { useTranslation } from 'react-i18next'
import { kindOf } from '../canvas/kinds'
import { useDraft, useDraftState, useJourney } from '../canvas/draft'
import { rootId } from '../layout/layout'
import { placeOf } from '../model/findings'
import { findingText } from '../sentence/findings'
import { stepTitle } from '../sentence/sentence'
import { JourneyForm } from './JourneyForm'
import { StepForm } from './StepForm'

/** What is chosen on the canvas, as a form. Every change is in the draft at once; undo takes it back. */
export function Drawer() {
  const { t } = useTranslation()
  const draft = useDraft()
  const journey = useJourney()
  const selected = useDraftState((state) => state.selected)
  const findings = useDraftState((state) => state.findings)
  if (selected.size !== 1) return null
  const [id] = selected
  const step = journey.steps.find((one) => one.id === id)
  if (id !== rootId && !step) return null
  const told = findings.filter((finding) => {
    const place = placeOf(journey, finding)
    return place === id || (id === rootId && place === 'journey')
  })
  const kind = step && kindOf(step.type)
  return (
    <aside className="drawer" aria-label={step ? stepTitle(step, t) : t('canvas.start')} onKeyDown={(press) => press.key === 'Escape' && draft.select()}>
      <div className="drawer-head">
        {kind && <span className="kind" style={{ color: kind.colour }}>{kind.icon}</span>}
        <span style={{ flex: 1 }}>{step ? t(`step.${step.type}`) : t('form.settings')}</span>
        {step && <Button type="text" icon={<DeleteOutlined />} aria-label={t('common.remove')} title={`${t('common.remove')} (Del)`} onClick={() => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete' }))} />}
        <Button type="text" icon={<CloseOutlined />} aria-label={t('common.close')} onClick={() => draft.select()} />
      </div>
      {told.map((finding, i) => (
        <p key={i} className={hasColour(finding.severity)} style={{ borderRadius: 8, padding: '6px 10px', margin: '0 0 10px', fontWeight: 400 }}>
          {findingText(finding)} <code title={finding.message}>{finding.code}</code>
        </p>
      ))}
      <Form layout="vertical" size="middle">
        {step ? <StepForm key={step.id} step={step} /> : <JourneyForm />}
      </Form>
    </aside>
  )
}

const hasColour = (severity: string) => (severity === 'error' ? 'badge error' : 'badge')
