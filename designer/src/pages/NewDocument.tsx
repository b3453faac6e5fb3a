import { Form, Input, Modal, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useChannels } from '../api/queries'
import { channelName } from '../sentence/sentence'

export type Kind = 'templates' | 'segments'

interface Props {
  kind: Kind
  taken: string[]
  channel?: string
  onClose(): void
  onMake(made: { key: string; document: unknown }): void
}

/** Key and channel of a new document; both stay for ever, the rest is written in the editor. */
export function NewDocument({ kind, taken, channel: wanted, onClose, onMake }: Props) {
  const { t } = useTranslation()
  const channels = useChannels().data ?? []
  const [form] = Form.useForm<{ key: string; channel?: string }>()
  return (
    <Modal open title={t(kind === 'templates' ? 'documents.newTemplate' : 'documents.newSegment')} onCancel={onClose} onOk={() => form.submit()}>
      <Form
        form={form} layout="vertical" requiredMark={false} initialValues={{ channel: wanted || undefined }}
        onFinish={({ key, channel }) => onMake({
          key, document: kind === 'templates' ? { key, channel, content: {} } : { key, name: key, rule: { combinator: 'and', rules: [] } },
        })}
      >
        <Form.Item
          name="key" label={t('common.key')} extra={t('journeys.keyHint')}
          rules={[{ required: true, pattern: /^[A-Za-z0-9_-]{1,64}$/, message: t('journeys.keyHint') }, { validator: (_, key: string) => (taken.includes(key) ? Promise.reject(new Error(t('documents.keyExists'))) : Promise.resolve()) }]}
        >
          <Input autoFocus />
        </Form.Item>
        {kind === 'templates' && (
          <Form.Item name="channel" label={t('documents.channel')} rules={[{ required: true, message: t('documents.channel') }]}>
            <Select options={channels.map((one) => ({ value: one, label: channelName(one, t) }))} />
          </Form.Item>
        )}
        <button type="submit" hidden tabIndex={-1} />
      </Form>
    </Modal>
  )
}
