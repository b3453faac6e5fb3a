import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useJourney } from '../canvas/draft'
import { freshId } from '../model/commands'
import type { Branch, BranchCase } from '../model/journey'
import { RuleField } from './RuleField'

/** The ways of a branch, in the order in which they are asked. */
export function BranchForm({ step, change }: { step: Branch; change(some: Partial<Branch>): void }) {
  const { t } = useTranslation()
  const { branches } = step
  const { trigger } = useJourney()
  const event = trigger.on === 'event' ? trigger.event : undefined
  const set = (at: number, some: Partial<BranchCase>) => change({ branches: branches.map((one, i) => (i === at ? { ...one, ...some } : one)) })
  const swap = (at: number) => change({ branches: branches.map((one, i) => (i === at ? branches[at + 1]! : i === at + 1 ? branches[at]! : one)) })
  return (
    <>
      {branches.map((one, i) => (
        <div key={i} className="case">
          <div className="row" style={{ marginBottom: 8 }}>
            <Input className="wide" aria-label={`${t('form.branches')} ${i + 1}`} value={one.name} onChange={(typed) => set(i, { name: typed.target.value })} />
            <Button type="text" icon={<ArrowUpOutlined />} aria-label={t('form.moveUp')} disabled={i === 0} onClick={() => swap(i - 1)} />
            <Button type="text" icon={<ArrowDownOutlined />} aria-label={t('form.moveDown')} disabled={i === branches.length - 1} onClick={() => swap(i)} />
            <Button type="text" icon={<DeleteOutlined />} aria-label={t('common.remove')} disabled={branches.length === 1} onClick={() => change({ branches: branches.filter((_, at) => at !== i) })} />
          </div>
          <RuleField label={t('form.where')} withEvent event={event} value={one.when} onChange={(when) => set(i, { when: when ?? { combinator: 'and', rules: [] } })} />
        </div>
      ))}
      <Button
        icon={<PlusOutlined />}
        onClick={() => change({
          branches: [...branches, {
            name: freshId(branches.map((one) => one.name), String.fromCharCode(65 + (branches.length % 26))), when: { combinator: 'and', rules: [] },
            ...(step.otherwise === undefined ? {} : { next: step.otherwise }),
          }],
        })}
      >
        {t('form.addBranch')}
      </Button>
    </>
  )
}
