import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import { freshId } from '../model/commands'
import type { Split, Variant } from '../model/journey'

export function SplitForm({ step, change }: { step: Split; change(some: Partial<Split>): void }) {
  const { t } = useTranslation()
  const { variants } = step
  const sum = variants.reduce((total, one) => total + (Number(one.weight) || 0), 0)
  const set = (at: number, some: Partial<Variant>) => change({ variants: variants.map((one, i) => (i === at ? { ...one, ...some } : one)) })
  return (
    <>
      {variants.map((one, i) => (
        <div key={i} className="case">
          <div className="row">
            <Input className="wide" aria-label={`${t('form.variants')} ${i + 1}`} value={one.name} onChange={(typed) => set(i, { name: typed.target.value })} />
            <InputNumber aria-label={t('form.weight')} title={t('form.weight')} style={{ width: 84 }} min={0} max={1_000_000} value={Number(one.weight)} onChange={(weight) => set(i, { weight: weight ?? 0 })} />
            <span className="soft" style={{ width: 42 }}>{sum > 0 ? Math.round((one.weight / sum) * 100) : 0}%</span>
            <Button type="text" icon={<DeleteOutlined />} aria-label={t('common.remove')} disabled={variants.length === 1} onClick={() => change({ variants: variants.filter((_, at) => at !== i) })} />
          </div>
          <Checkbox style={{ marginTop: 8 }} checked={one.holdout ?? false} onChange={(ticked) => set(i, { holdout: ticked.target.checked })}>{t('form.control')}</Checkbox>
        </div>
      ))}
      <Button
        icon={<PlusOutlined />}
        onClick={() => change({
          variants: [...variants, {
            name: freshId(variants.map((one) => one.name), String.fromCharCode(65 + (variants.length % 26))), weight: variants.at(-1)?.weight ?? 50,
            ...(variants.at(-1)?.next === undefined ? {} : { next: variants.at(-1)!.next }),
          }],
        })}
      >
        {t('form.addVariant')}
      </Button>
    </>
  )
}
