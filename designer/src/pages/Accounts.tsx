import { ApiOutlined, DeleteOutlined, PlusOutlined, SettingOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Card, Empty, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schema } from '../api/client'
import { useAccounts, useConnectors } from '../api/queries'
import { Failure, PageHead, useTell } from '../app/parts'
import { languageNow } from '../i18n'
import { moment } from '../i18n/times'
import { channelName } from '../sentence/sentence'
import { AccountForm } from './AccountForm'
import { ConnectorCard } from './ConnectorCard'
import { HeldByPeople, HoldButton } from './Holds'

type Account = Schema<'AccountAnswer'>
export const inLanguage = (name: Schema<'DisplayName'>) => (languageNow() === 'zh' ? name.zh : name.en)

/** Who messages leave through: accounts with their health, and the connectors there are. */
export default function Accounts() {
  const { t } = useTranslation()
  const accounts = useAccounts()
  const connectors = useConnectors()
  const [editing, setEditing] = useState<{ account: Account | null; connector?: string } | null>(null)
  const held = accounts.data?.held ?? []
  const byPeople = accounts.data?.held_by_people ?? []
  return (
    <>
      <PageHead title={t('accounts.title')}>
        <HoldButton target="everything" name={t('holds.everything')} isHeld={byPeople.some((one) => one.target === 'everything')} />
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing({ account: null })}>{t('accounts.fresh')}</Button>
      </PageHead>
      <p className="soft">{t('accounts.hint')}</p>
      <Failure wrong={accounts.error ?? connectors.error} again={() => (void accounts.refetch(), void connectors.refetch())} />
      <HeldByPeople held={byPeople} />
      {held.map((one) => (
        <Alert
          key={one.account + one.channel} type="warning" showIcon style={{ marginBottom: 12 }} title={<><b>{one.account}</b> · {channelName(one.channel, t)} · {t('accounts.held', { time: moment(one.since), count: one.waiting })}</>}
          description={<>{one.text} {t('accounts.waits')}</>}
        />
      ))}
      {accounts.data?.accounts.length === 0 && <Card><Empty image={<ApiOutlined style={{ fontSize: 40, color: 'var(--soft)' }} />} styles={{ image: { height: 46 } }} description={t('accounts.none')} /></Card>}
      <div className="tiles">
        {accounts.data?.accounts.map((one) => (
          <OneAccount key={one.key} account={one} isHeld={byPeople.some((hold) => hold.target === `account:${one.key}`)} connector={connectors.data?.find((each) => each.key === one.connector)} onEdit={() => setEditing({ account: one })} />
        ))}
      </div>
      <h2 className="section">{t('accounts.installed')}</h2>
      <div className="tiles">
        {connectors.data?.map((one) => <ConnectorCard key={one.key} connector={one} onUse={() => setEditing({ account: null, connector: one.key })} />)}
      </div>
      {editing && <AccountForm account={editing.account} connector={editing.connector} taken={accounts.data?.accounts.map((one) => one.key) ?? []} onClose={() => setEditing(null)} />}
    </>
  )
}

function OneAccount({ account, isHeld, connector, onEdit }: { account: Account; isHeld: boolean; connector: Schema<'ConnectorManifest'> | undefined; onEdit(): void }) {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const tell = useTell()
  const queries = useQueryClient()
  const [health, setHealth] = useState<Schema<'ConnectorHealth'> | null>(null)
  const [busy, setBusy] = useState(false)
  const path = { params: { path: { key: account.key } } }
  const test = () => {
    setBusy(true)
    void ask(api.POST('/api/accounts/{key}/test', path)).then(setHealth).catch(tell.failed).finally(() => (setBusy(false), void queries.invalidateQueries({ queryKey: ['accounts'] })))
  }
  const remove = () => modal.confirm({
    title: t('accounts.deleteAsk', { key: account.key }), okText: t('common.remove'), okButtonProps: { danger: true },
    onOk: () => ask(api.DELETE('/api/accounts/{key}', path)).then(() => queries.invalidateQueries({ queryKey: ['accounts'] })).catch(tell.failed),
  })
  return (
    <Card
      size="small" title={account.key}
      extra={<><Button type="text" icon={<SettingOutlined />} aria-label={`${t('accounts.use')}: ${account.key}`} onClick={onEdit} /><Button type="text" danger icon={<DeleteOutlined />} aria-label={`${t('common.remove')}: ${account.key}`} onClick={remove} /></>}
    >
      <div>{connector ? inLanguage(connector.name) : account.connector} {connector?.channels.map((one) => <Tag key={one.key}>{channelName(one.key, t)}</Tag>)}</div>
      <div className="key">{t('common.updated')} {moment(account.updated_at)} · {account.updated_by}</div>
      <div className="row" style={{ marginTop: 10 }}>
        <Button loading={busy} onClick={test}>{t('accounts.test')}</Button>
        <HoldButton target={`account:${account.key}`} name={account.key} isHeld={isHeld} />
        {health && <span><Tag color={health.healthy ? 'success' : 'error'}>{t(health.healthy ? 'accounts.healthy' : 'accounts.unhealthy')}</Tag><span className="soft">{health.text}</span></span>}
      </div>
    </Card>
  )
}
