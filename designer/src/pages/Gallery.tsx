import { PlusOutlined } from '@ant-design/icons'
import { Button, Card, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { kindOf } from '../canvas/kinds'
import { stepTitle, triggerText } from '../sentence/sentence'
import { gallery } from './ready'

/** What an empty workspace offers: journeys that others draw first. */
export function Gallery({ onChoose, onBlank }: { onChoose(key: string): void; onBlank(): void }) {
  const { t } = useTranslation()
  return (
    <section aria-label={t('ready.title')}>
      <p className="soft">{t('journeys.empty')}</p>
      <h2 className="section" style={{ marginTop: 8 }}>{t('ready.title')}</h2>
      <div className="tiles">
        {gallery.map((one) => {
          const { trigger, steps } = one.make()
          return (
            <Card key={one.key} size="small" hoverable className="ready" onClick={() => onChoose(one.key)}>
              <b>{t(`gallery.${one.key}`)}</b>
              <p>{t(`ready.${one.key}`)}</p>
              <div className="ready-steps">
                <Tag color="magenta">{triggerText(trigger, t)}</Tag>
                {steps.map((step) => <span key={step.id} title={stepTitle(step, t)} style={{ color: kindOf(step.type).colour }}>{kindOf(step.type).icon}</span>)}
              </div>
              <Button size="small" data-ready={one.key} aria-label={`${t('ready.use')}: ${t(`gallery.${one.key}`)}`} onClick={(click) => (click.stopPropagation(), onChoose(one.key))}>{t('ready.use')}</Button>
            </Card>
          )
        })}
        <Card size="small" hoverable className="ready" onClick={onBlank}><b>{t('journeys.blank')}</b><p /><Button size="small" type="primary" icon={<PlusOutlined />} onClick={(click) => (click.stopPropagation(), onBlank())}>{t('journeys.new')}</Button></Card>
      </div>
    </section>
  )
}
