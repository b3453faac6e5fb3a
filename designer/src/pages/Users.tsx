import { useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Card, Form, Input, Modal, Select, Table, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schema } from '../api/client'
import { Failure, PageHead, useTell } from '../app/parts'
import { moment } from '../i18n/times'
import { Keys } from './Keys'
import { SessionTable } from './SessionTable'

type Role = Schema<'Role'>
const roles: Role[] = ['viewer', 'operator', 'marketer', 'developer', 'admin']
const colours = { invited: 'default', active: 'success', locked: 'error' } as const

/** Who may come in, for admins: users with their sessions, and keys. */
export default function Users() {
  const { t } = useTranslation()
  const tell = useTell()
  const { modal } = App.useApp()
  const queries = useQueryClient()
  const users = useQuery({ queryKey: ['users'], queryFn: () => ask(api.GET('/api/users')) })
  const [inviting, setInviting] = useState(false)
  const [link, setLink] = useState<Schema<'InvitedAnswer'> | null>(null)
  const again = () => queries.invalidateQueries({ queryKey: ['users'] })
  const tried = (work: Promise<unknown>) => work.then(again).catch(tell.failed)
  const at = (name: string) => ({ params: { path: { name } } })
  const setRole = (name: string, role: Role) => void tried(ask(api.PUT('/api/users/{name}/role', { ...at(name), body: { role } })))
  const lock = (name: string) => modal.confirm({ title: t('access.lockAsk', { name }), onOk: () => tried(ask(api.POST('/api/users/{name}/lock', at(name)))) })
  const unlock = (name: string) => void tried(ask(api.POST('/api/users/{name}/unlock', at(name))))
  const reset = (name: string) => modal.confirm({ title: t('access.resetAsk', { name }), onOk: () => tried(ask(api.POST('/api/users/{name}/reset', at(name))).then(setLink)) })
  const invite = (body: { name: string; role: Role }) => void tried(ask(api.POST('/api/users', { body })).then((one) => (setInviting(false), setLink(one))))
  return (
    <>
      <PageHead title={t('access.users')}><Button type="primary" onClick={() => setInviting(true)}>{t('access.invite')}</Button></PageHead>
      <Failure wrong={users.error} again={() => void users.refetch()} />
      <div className="stack">
        <Card size="small" title={t('access.people')}>
          <Table
            rowKey="name" size="small" pagination={false} loading={users.isPending} dataSource={users.data?.users} locale={{ emptyText: t('access.nobody') }} scroll={{ x: 800 }}
            expandable={{ expandedRowRender: (user) => <SessionsOf name={user.name} /> }}
            columns={[
              { title: t('access.name'), render: (_, user) => <b>{user.name}</b> },
              { title: t('access.role'), width: 170, render: (_, user) => <Select aria-label={`${user.name}: ${t('access.role')}`} style={{ width: 150 }} value={user.role} options={roles.map((one) => ({ value: one, label: t(`access.roles.${one}`) }))} onChange={(role) => setRole(user.name, role)} /> },
              { title: t('access.state'), width: 110, render: (_, user) => <Tag color={colours[user.state]}>{t(`access.states.${user.state}`)}</Tag> },
              { title: t('access.factor'), width: 120, render: (_, user) => t(user.second_factor ? 'common.yes' : 'common.no') },
              { title: t('access.made'), width: 200, className: 'when', render: (_, user) => moment(user.created_at) },
              { title: '', width: 190, render: (_, user) => <span className="row tight">{user.state === 'locked' ? <Button size="small" onClick={() => unlock(user.name)}>{t('access.unlock')}</Button> : <Button size="small" onClick={() => lock(user.name)}>{t('access.lock')}</Button>}<Button size="small" onClick={() => reset(user.name)}>{t('access.reset')}</Button></span> },
            ]}
          />
        </Card>
        <Keys />
      </div>
      <Modal open={inviting} title={t('access.invite')} footer={null} onCancel={() => setInviting(false)} destroyOnHidden>
        <Form layout="vertical" requiredMark={false} initialValues={{ role: 'marketer' }} onFinish={invite}>
          <Form.Item name="name" label={t('access.name')} extra={t('access.nameHint')} rules={[{ required: true, message: t('access.name') }]}><Input autoFocus autoComplete="off" /></Form.Item>
          <Form.Item name="role" label={t('access.role')}><Select options={roles.map((one) => ({ value: one, label: t(`access.roles.${one}`) }))} /></Form.Item>
          <Button type="primary" htmlType="submit" block>{t('access.invite')}</Button>
        </Form>
      </Modal>
      <Modal open={link !== null} title={t('access.link', { name: link?.user.name })} onOk={() => setLink(null)} onCancel={() => setLink(null)} cancelButtonProps={{ style: { display: 'none' } }}>
        <p>{t('access.linkHint', { time: moment(link?.link.expires_at) })}</p>
        <Input.TextArea readOnly autoSize aria-label={t('access.link', { name: link?.user.name })} value={link ? location.origin + link.link.path : ''} />
      </Modal>
    </>
  )
}

function SessionsOf({ name }: { name: string }) {
  const { t } = useTranslation()
  const tell = useTell()
  const sessions = useQuery({ queryKey: ['sessions', name], queryFn: () => ask(api.GET('/api/users/{name}/sessions', { params: { path: { name } } })) })
  const end = (id: string) => ask(api.DELETE('/api/users/{name}/sessions/{id}', { params: { path: { name, id } } })).then(() => void sessions.refetch())
  const endAll = () => void ask(api.DELETE('/api/users/{name}/sessions', { params: { path: { name } } })).then(() => void sessions.refetch()).catch(tell.failed)
  return (
    <Card size="small" title={t('access.sessions')} extra={<Button size="small" onClick={endAll}>{t('access.endAll')}</Button>}>
      <Failure wrong={sessions.error} again={() => void sessions.refetch()} />
      <SessionTable sessions={sessions.data?.sessions} onEnd={end} />
    </Card>
  )
}
