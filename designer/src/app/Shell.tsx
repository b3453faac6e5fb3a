import {
  ApartmentOutlined, ApiOutlined, AuditOutlined, BulbOutlined, ClockCircleOutlined, DashboardOutlined, FileTextOutlined, InboxOutlined, LogoutOutlined, MessageOutlined, SettingOutlined, TagsOutlined,
  SafetyOutlined, TeamOutlined, TranslationOutlined, UserOutlined,
} from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Layout, Menu, Tooltip } from 'antd'
import { Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Outlet, useLocation, useNavigate } from 'react-router'
import { useSettings } from '../api/queries'
import { languageNow, speak } from '../i18n'
import { chooseZone, isZone, offsetOf, useZone } from '../i18n/times'
import { chooseDark, useDark } from './preferences'
import { isAdmin, session, useSession } from './session'
import { SignIn, SignInAgain } from './SignIn'

const pages = [
  ['journeys', <ApartmentOutlined />],
  ['contacts', <TeamOutlined />],
  ['messages', <MessageOutlined />],
  ['ledger', <AuditOutlined />],
  ['operations', <DashboardOutlined />],
  ['mailbox', <InboxOutlined />],
  ['templates', <FileTextOutlined />],
  ['segments', <TagsOutlined />],
  ['accounts', <ApiOutlined />],
  ['settings', <SettingOutlined />],
  ['users', <SafetyOutlined />],
] as const

export function Shell() {
  const { t } = useTranslation()
  const { key, person, asked } = useSession()
  const navigate = useNavigate()
  const dark = useDark()
  const queries = useQueryClient()
  const place = useLocation().pathname
  const here = place.split('/')
  const drawing = here[1] === 'journeys' && Boolean(here[2])
  const [narrow, setNarrow] = useState(false)
  const [zone, isZoneKnown] = useWorkspaceZone(Boolean(key ?? person))
  useEffect(() => {
    if (!asked) void session.ask()
  }, [asked])
  if (!asked) return null
  if (!key && !person) return <SignIn />
  return (
    <Layout style={{ height: '100vh' }}>
      <a className="skip" href="#main" onClick={(click) => (click.preventDefault(), document.getElementById('main')?.focus())}>
        {t('app.skip')}
      </a>
      <Layout.Sider theme="light" width={200} collapsedWidth={56} collapsed={drawing || narrow} breakpoint="md" onBreakpoint={setNarrow} className="side">
        <div className="brand">
          <img src="/favicon.svg" alt="" width={26} height={26} />
          {!(drawing || narrow) && <span>{t('app.name')}</span>}
        </div>
        <Menu
          mode="inline" selectedKeys={[here[1] ?? '']}
          items={pages.filter(([page]) => page !== 'users' || isAdmin({ key, person })).map(([page, icon]) => ({ key: page, icon, label: <Link to={`/${page}`}>{t(`app.${page}`)}</Link> }))}
        />
        <Tooltip title={t('app.zoneHint', { zone })} placement="right">
          <div className="side-zone"><ClockCircleOutlined aria-hidden /> {!(drawing || narrow) && <span>{zone} · {offsetOf(zone)}</span>}</div>
        </Tooltip>
        <div className="side-foot">
          <Tooltip title={t('app.language')} placement="right">
            <Button type="text" icon={<TranslationOutlined />} aria-label={t('app.language')} onClick={() => speak(languageNow() === 'zh' ? 'en' : 'zh')} />
          </Tooltip>
          <Tooltip title={t(dark ? 'app.light' : 'app.dark')} placement="right">
            <Button type="text" icon={<BulbOutlined />} aria-label={t(dark ? 'app.light' : 'app.dark')} onClick={() => chooseDark(!dark)} />
          </Tooltip>
          {person && (
            <Tooltip title={`${t('access.account')}: ${person.name}`} placement="right">
              <Button type="text" icon={<UserOutlined />} aria-label={t('access.account')} onClick={() => void navigate('/account')} />
            </Tooltip>
          )}
          <Tooltip title={t('app.signOut')} placement="right">
            <Button type="text" icon={<LogoutOutlined />} aria-label={t('app.signOut')} onClick={() => (queries.clear(), void session.close())} />
          </Tooltip>
        </div>
      </Layout.Sider>
      <Layout.Content id="main" data-page={place} tabIndex={-1} className={drawing ? 'whole' : 'page'}>
        <Suspense key={zone}>
          {isZoneKnown && <Outlet />}
        </Suspense>
      </Layout.Content>
      <SignInAgain onDone={() => void queries.invalidateQueries({ predicate: isNoDraft })} />
    </Layout>
  )
}

// What somebody was editing stays as it is on screen, with all that can be undone; it is saved when they are back.
const isNoDraft = ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[0] !== 'draft'

/** The zone of all times on all pages; pages are drawn anew when it changes. */
function useWorkspaceZone(isOpen: boolean): [zone: string, isKnown: boolean] {
  const settings = useSettings(isOpen)
  useEffect(() => chooseZone(settings.data?.time_zone), [settings.data])
  const zone = useZone()
  // No page is drawn in the browser's zone first and in the workspace's a moment later.
  return [zone, !settings.isPending && (settings.isError || !isZone(settings.data.time_zone) || settings.data.time_zone === zone)]
}
