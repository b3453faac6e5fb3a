import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Card, Checkbox, Form, InputNumber, Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAccounts, useChannels, useConnectors, type SettingsDocument } from '../api/queries'
import { DurationField, Field, Suggest, TimeField } from '../forms/fields'
import { channelName } from '../sentence/sentence'

interface Props {
  document: SettingsDocument
  onChange(document: SettingsDocument): void
}

const zones = Intl.supportedValuesOf('timeZone').map((one) => ({ value: one, label: one }))
const without = <T,>(map: Record<string, T> | undefined, key: string) => Object.fromEntries(Object.entries(map ?? {}).filter(([name]) => name !== key))

export function SettingsForm({ document, onChange }: Props) {
  const { t } = useTranslation()
  const channels = [...new Set([...(useChannels().data ?? []), ...Object.keys(document.consent ?? {}), ...Object.keys(document.accounts ?? {}), ...Object.keys(document.quiet_hours ?? {})])]
  const set = (some: Partial<SettingsDocument>) => onChange({ ...document, ...some })
  return (
    <Form component={false} layout="vertical">
      <div className="settings">
      <Card title={t('setup.zone')} size="small">
        <Field label={t('setup.zone')} hint={t('setup.zoneHint')}><Select showSearch aria-label={t('setup.zone')} style={{ width: 320, maxWidth: '100%' }} options={zones} value={document.time_zone} onChange={(time_zone: string) => set({ time_zone })} /></Field>
        <Field label={t('setup.late')}><div style={{ maxWidth: 320 }}><DurationField label={t('setup.late')} value={document.late_after ?? '1d'} onChange={(late_after) => set({ late_after })} /></div></Field>
        <Field label={t('setup.holdout')}><InputNumber aria-label={t('setup.holdout')} min={0} max={100} value={Number(document.holdout_percent ?? 0)} onChange={(percent) => set({ holdout_percent: percent ?? 0 })} /></Field>
      </Card>
      <Channels document={document} channels={channels} set={set} />
      <Caps document={document} channels={channels} set={set} />
      <Retry document={document} set={set} />
      </div>
    </Form>
  )
}

interface PartProps {
  document: SettingsDocument
  set(some: Partial<SettingsDocument>): void
}

/** One line for each channel: its account, its consent, its quiet hours. */
function Channels({ document, channels, set }: PartProps & { channels: string[] }) {
  const { t } = useTranslation()
  const accounts = useAccounts().data?.accounts ?? []
  const builtIn = useConnectors().data ?? []
  const known = [...new Set(['sandbox', ...accounts.map((one) => one.key), ...builtIn.filter((one) => one.key === 'webhook').map((one) => one.key)])]
  return (
    <Card title={t('accounts.channels')} size="small">
      {channels.map((channel) => {
        const quiet = document.quiet_hours?.[channel]
        const name = channelName(channel, t)
        return (
          <fieldset key={channel} className="channel-line">
            <legend>{name}</legend>
            <Field label={t('form.account')}><Suggest label={`${name}: ${t('form.account')}`} options={known} placeholder={t('setup.none')} value={document.accounts?.[channel]} onChange={(account) => set({ accounts: account ? { ...document.accounts, [channel]: account } : without(document.accounts, channel) })} /></Field>
            <Field label={t('setup.consent')}>
              <Segmented
                aria-label={`${name}: ${t('setup.consent')}`} value={document.consent?.[channel] ?? (channel === 'webhook' ? 'assumed' : 'required')}
                options={[{ value: 'required', label: t('setup.required') }, { value: 'assumed', label: t('setup.assumed') }]}
                onChange={(mode) => set({ consent: { ...document.consent, [channel]: mode as 'required' } })}
              />
            </Field>
            <Field label={t('setup.quiet')}>
              <div className="row quiet">
                <Checkbox
                  aria-label={`${name}: ${t('setup.quiet')}`} checked={quiet !== undefined}
                  onChange={(ticked) => set({ quiet_hours: ticked.target.checked ? { ...document.quiet_hours, [channel]: { from: '21:00', to: '09:00', then: 'postpone' } } : without(document.quiet_hours, channel) })}
                />
                {quiet ? (
                  <>
                    <TimeField label={`${name}: ${t('setup.from')}`} value={quiet.from} onChange={(from) => from && set({ quiet_hours: { ...document.quiet_hours, [channel]: { ...quiet, from } } })} />–
                    <TimeField label={`${name}: ${t('setup.to')}`} value={quiet.to} onChange={(to) => to && set({ quiet_hours: { ...document.quiet_hours, [channel]: { ...quiet, to } } })} />
                    <Select
                      aria-label={`${name}: ${t('setup.quiet')}`} style={{ width: 130 }} value={quiet.then ?? 'postpone'} options={[{ value: 'postpone', label: t('setup.postpone') }, { value: 'drop', label: t('setup.drop') }]}
                      onChange={(then) => set({ quiet_hours: { ...document.quiet_hours, [channel]: { ...quiet, then } } })}
                    />
                  </>
                ) : <span className="soft">{t('setup.none')}</span>}
              </div>
            </Field>
          </fieldset>
        )
      })}
    </Card>
  )
}

function Caps({ document, channels, set }: PartProps & { channels: string[] }) {
  const { t } = useTranslation()
  const caps = document.caps ?? []
  const change = (at: number, some: Partial<(typeof caps)[number]>) => set({ caps: caps.map((one, i) => (i === at ? { ...one, ...some } : one)) })
  return (
    <Card title={t('setup.caps')} size="small" extra={<span className="soft">{t('setup.capsHint')}</span>}>
      {caps.map((cap, i) => (
        <div key={i} className="row cap">
          <Select aria-label={t('setup.channel')} style={{ width: 200 }} value={cap.channel ?? ''} options={[{ value: '', label: t('setup.all') }, ...channels.map((one) => ({ value: one, label: channelName(one, t) }))]} onChange={(channel: string) => change(i, { channel: channel || undefined })} />
          {t('setup.atMost')} <InputNumber aria-label={t('setup.atMost')} style={{ width: 80 }} min={1} value={cap.at_most} onChange={(at_most) => change(i, { at_most: at_most ?? 1 })} />
          {t('setup.per')} <span style={{ width: 230 }}><DurationField label={t('setup.per')} value={cap.per} onChange={(per) => per && change(i, { per })} /></span>
          <Button type="text" icon={<DeleteOutlined />} aria-label={t('common.remove')} onClick={() => set({ caps: caps.filter((_, at) => at !== i) })} />
        </div>
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={() => set({ caps: [...caps, { at_most: 3, per: '7d' }] })}>{t('setup.addCap')}</Button>
    </Card>
  )
}

function Retry({ document, set }: PartProps) {
  const { t } = useTranslation()
  const retry = document.retry ?? {}
  const change = (some: Partial<NonNullable<SettingsDocument['retry']>>) => set({ retry: { ...retry, ...some } })
  return (
    <Card title={t('setup.retry')} size="small">
      <div className="three">
        <Field label={t('setup.attempts')}><InputNumber aria-label={t('setup.attempts')} min={1} max={20} value={retry.attempts_max ?? 6} onChange={(attempts_max) => change({ attempts_max: attempts_max ?? 6 })} /></Field>
        <Field label={t('setup.first')}><DurationField label={t('setup.first')} value={retry.first ?? '30s'} onChange={(first) => change({ first })} /></Field>
        <Field label={t('setup.most')}><DurationField label={t('setup.most')} value={retry.delay_max ?? '6h'} onChange={(delay_max) => change({ delay_max })} /></Field>
      </div>
    </Card>
  )
}
