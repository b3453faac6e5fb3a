import { useQueryClient } from '@tanstack/react-query'
import { Alert, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, Problem, type Schema } from '../api/client'
import { useConnectors } from '../api/queries'
import { useTell } from '../app/parts'
import { Field } from '../forms/fields'
import { titleOf, type JsonSchema } from '../templates/schema'
import { SchemaForm } from '../templates/SchemaForm'
import { inLanguage } from './Accounts'

interface Props {
  account: Schema<'AccountAnswer'> | null
  connector?: string
  taken: string[]
  onClose(): void
}

/** An account: its connector's own form. A secret goes in and is never shown again. */
export function AccountForm({ account, connector: wanted, taken, onClose }: Props) {
  const { t } = useTranslation()
  const tell = useTell()
  const queries = useQueryClient()
  const connectors = useConnectors().data ?? []
  const [chosen, setChosen] = useState(account?.connector ?? wanted)
  const [key, setKey] = useState(account?.key ?? (wanted && !taken.includes(wanted) ? wanted.replaceAll('_', '-') : ''))
  const [configuration, setConfiguration] = useState<Record<string, unknown>>((account?.configuration ?? {}) as Record<string, unknown>)
  const [secrets, setSecrets] = useState<Record<string, string>>({})
  const [wrong, setWrong] = useState<Error | null>(null)
  const [busy, setBusy] = useState(false)
  const schema = connectors.find((one) => one.key === chosen)?.configuration_schema as JsonSchema | undefined
  const { open, hidden } = split(schema)
  const save = async () => {
    setBusy(true)
    try {
      await ask(api.PUT('/api/accounts/{key}', {
        params: { path: { key } }, headers: account ? { 'If-Match': `"${account.revision}"` } : {}, body: { connector: chosen!, configuration: configuration as never, secrets: Object.keys(secrets).length > 0 ? secrets : undefined } as never,
      }))
      await queries.invalidateQueries({ queryKey: ['accounts'] })
      tell.done(t('accounts.saved'))
      onClose()
    } catch (problem) {
      setWrong(problem as Error)
    } finally {
      setBusy(false)
    }
  }
  const isKey = /^[A-Za-z0-9_-]{1,64}$/.test(key) && (account !== null || !taken.includes(key))
  return (
    <Modal open width={640} title={account ? account.key : t('accounts.fresh')} okText={t('common.save')} okButtonProps={{ disabled: !isKey || !chosen }} confirmLoading={busy} onOk={() => void save()} onCancel={onClose}>
      <Form layout="vertical">
        {!account && (
          <>
            <Field label={t('accounts.connector')}><Select aria-label={t('accounts.connector')} value={chosen} options={connectors.map((one) => ({ value: one.key, label: inLanguage(one.name) }))} onChange={(next: string) => (setChosen(next), setConfiguration({}), setSecrets({}))} /></Field>
            <Field label={t('common.key')} hint={t('journeys.keyHint')}><Input aria-label={t('common.key')} value={key} status={key && !isKey ? 'error' : undefined} onChange={(typed) => setKey(typed.target.value.trim())} /></Field>
          </>
        )}
        {schema && <SchemaForm key={chosen} schema={open} value={configuration} onChange={setConfiguration} />}
        {hidden.length > 0 && <h3>{t('accounts.secrets')}</h3>}
        {hidden.map(([name, inner]) => (
          <Field key={name} label={titleOf(name, inner)}>
            <Input.Password
              aria-label={titleOf(name, inner)} autoComplete="new-password" value={secrets[name] ?? ''} placeholder={account?.secrets.includes(name) ? t('accounts.secretKept') : undefined}
              onChange={(typed) => setSecrets(({ [name]: _, ...rest }) => (typed.target.value ? { ...rest, [name]: typed.target.value } : rest))}
            />
          </Field>
        ))}
      </Form>
      {wrong && <Alert type="error" showIcon title={wrong.message} description={wrong instanceof Problem && <code>{wrong.code}</code>} />}
    </Modal>
  )
}

/** Secrets are the properties that may only be written. */
function split(schema: JsonSchema | undefined): { open: JsonSchema; hidden: [string, JsonSchema][] } {
  const all = Object.entries(schema?.properties ?? {})
  const hidden = all.filter(([, one]) => one.writeOnly)
  const names = new Set(hidden.map(([name]) => name))
  return {
    open: { ...schema, properties: Object.fromEntries(all.filter(([name]) => !names.has(name))), ...(schema?.required ? { required: schema.required.filter((name) => !names.has(name)) } : {}) },
    hidden,
  }
}
