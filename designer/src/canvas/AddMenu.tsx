import { Input, Popover } from 'antd'
import { useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { stepTypes, type StepType } from '../model/journey'
import { kinds } from './kinds'

interface Props {
  open: boolean
  onOpen(open: boolean): void
  onAdd(type: StepType): void
  onPaste(): void
  children: ReactNode
}

/** The menu of a "+": type to search, arrows and Enter to choose. */
export function AddMenu({ open, onOpen, onAdd, onPaste, children }: Props) {
  return (
    <Popover
      open={open} onOpenChange={onOpen} trigger="click" placement="bottom" arrow={false} destroyOnHidden
      content={<Choice onAdd={onAdd} onPaste={onPaste} onClose={() => onOpen(false)} />}
    >
      {children}
    </Popover>
  )
}

function Choice({ onAdd, onPaste, onClose }: { onAdd(type: StepType): void; onPaste(): void; onClose(): void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLUListElement>(null)
  const wanted = stepTypes.filter((type) => `${t(`step.${type}`)} ${type}`.toLowerCase().includes(text.toLowerCase()))
  const go = (by: number) => setAt((now) => (now + by + wanted.length) % Math.max(1, wanted.length))
  return (
    <div
      className="add-menu nowheel"
      onKeyDown={(press) => {
        if (press.key === 'ArrowDown') go(1)
        else if (press.key === 'ArrowUp') go(-1)
        else if (press.key === 'Escape') onClose()
        else if (press.key === 'Enter' && wanted[at]) onAdd(wanted[at])
        else if (press.key === 'v' && (press.ctrlKey || press.metaKey) && !text) onPaste()
        else return
        press.preventDefault()
        press.stopPropagation()
      }}
    >
      <Input autoFocus size="small" placeholder={t('common.search')} aria-label={t('canvas.add')} value={text} onChange={(typed) => (setText(typed.target.value), setAt(0))} />
      <ul role="listbox" ref={list} aria-label={t('canvas.palette')}>
        {wanted.map((type, i) => (
          <li key={type} role="option" aria-selected={i === at} className={i === at ? 'at' : ''} onMouseEnter={() => setAt(i)} onClick={() => onAdd(type)} data-add={type}>
            <span aria-hidden style={{ color: kinds[type].colour }}>{kinds[type].icon}</span> {t(`step.${type}`)}
          </li>
        ))}
      </ul>
    </div>
  )
}
