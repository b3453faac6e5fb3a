import { Button, Checkbox, Select } from 'antd'
import type { ActionProps, NotToggleProps, VersatileSelectorProps } from 'react-querybuilder'

/** The builder's buttons and its "not", quieter than its own: a condition is a part of a form and not the whole page. */
export const Action = ({ label, title, handleOnClick, disabled }: ActionProps) => (
  <Button size="small" type={label === '✕' ? 'text' : 'default'} title={title} aria-label={label === '✕' ? title : undefined} disabled={disabled} onClick={(click) => handleOnClick(click)}>{label}</Button>
)

export const Not = ({ label, checked, handleOnChange }: NotToggleProps) => (
  <Checkbox checked={checked ?? false} onChange={(ticked) => handleOnChange(ticked.target.checked)}>{label}</Checkbox>
)

/** The builder's own selectors have no name that a screen reader could say. */
export const Chooser = ({ options, value, title, className, handleOnChange, disabled }: VersatileSelectorProps) => (
  <Select
    className={className} aria-label={title} disabled={disabled} popupMatchSelectWidth={false} value={value} onChange={handleOnChange}
    options={(options as unknown as { name: string; label: string }[]).map((one) => ({ value: one.name, label: one.label }))}
  />
)
