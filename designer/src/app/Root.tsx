import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { App as Frame, ConfigProvider, theme } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { createHashRouter, Navigate, RouterProvider } from 'react-router'
import { Problem } from '../api/client'
import { Broken } from './Broken'
import { useDark } from './preferences'
import { Shell } from './Shell'
import { Welcome } from './Welcome'

const queries = new QueryClient({
  defaultOptions: {
    // A refusal stays one however often it is asked; only a server that is away may come back.
    queries: { retry: (times, wrong) => wrong instanceof Problem && wrong.status === 0 && times < 2, refetchOnWindowFocus: false },
  },
})

const Journeys = lazy(() => import('../pages/Journeys'))
const Editor = lazy(() => import('../canvas/Editor'))
const Contacts = lazy(() => import('../pages/Contacts'))
const Contact = lazy(() => import('../pages/Contact'))
const Messages = lazy(() => import('../pages/Messages'))
const Ledger = lazy(() => import('../pages/Ledger'))
const Operations = lazy(() => import('../pages/Operations'))
const Mailbox = lazy(() => import('../pages/Mailbox'))
const Documents = lazy(() => import('../pages/Documents'))
const Accounts = lazy(() => import('../pages/Accounts'))
const Settings = lazy(() => import('../pages/Settings'))
const Users = lazy(() => import('../pages/Users'))
const Account = lazy(() => import('../pages/Account'))

// The address behind # is the browser's own, so no path of the API can ever be taken for a page.
const router = createHashRouter([
  { path: '/welcome/:link', element: <Welcome />, errorElement: <Broken /> },
  {
    path: '/',
    element: <Shell />,
    errorElement: <Broken />,
    children: [
      { index: true, element: <Navigate to="/journeys" replace /> },
      { path: 'journeys', element: <Journeys /> },
      { path: 'journeys/:key', element: <Editor /> },
      { path: 'contacts', element: <Contacts /> },
      { path: 'contacts/:id', element: <Contact /> },
      { path: 'messages', element: <Messages /> },
      { path: 'ledger', element: <Ledger /> },
      { path: 'operations', element: <Operations /> },
      { path: 'mailbox', element: <Mailbox /> },
      { path: 'templates/:key?', element: <Documents kind="templates" /> },
      { path: 'segments/:key?', element: <Documents kind="segments" /> },
      { path: 'accounts', element: <Accounts /> },
      { path: 'settings', element: <Settings /> },
      { path: 'users', element: <Users /> },
      { path: 'account', element: <Account /> },
      { path: '*', element: <Navigate to="/journeys" replace /> },
    ],
  },
])

export function Root() {
  const { i18n } = useTranslation()
  const dark = useDark()
  return (
    <ConfigProvider
      button={{ autoInsertSpace: false }} locale={i18n.language === 'zh' ? zhCN : enUS}
      theme={{
        algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        ...colours(dark),
      }}
    >
      <QueryClientProvider client={queries}>
        <Frame>
          <Suspense>
            <RouterProvider router={router} />
          </Suspense>
        </Frame>
      </QueryClientProvider>
    </ConfigProvider>
  )
}

// Ant Design's greys are too pale for small text, and its dark ones belong to another palette than the canvas.
const colours = (dark: boolean) => ({
  token: {
    borderRadius: 8, fontFamily: "system-ui, 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', sans-serif",
    ...(dark
      ? {
        colorPrimary: '#7c95ff', colorLink: '#9db0ff', colorLinkHover: '#c3ceff', colorTextDescription: '#a3adbf', colorTextTertiary: '#a3adbf', colorTextPlaceholder: '#8e98ab', colorTextLightSolid: '#0d1226',
        colorBgContainer: '#1c2029', colorBgElevated: '#242936', colorBgLayout: '#12151c', colorBorder: '#454d5f', colorBorderSecondary: '#313847', colorErrorText: '#ff9f97', colorError: '#ff8a80', colorSuccess: '#6fd39b', colorWarning: '#f0b866',
        colorErrorBg: '#3d2226', colorErrorBorder: '#7a3b3b', colorWarningBg: '#382f1c', colorWarningBorder: '#6d5a2c', colorSuccessBg: '#1b3328', colorSuccessBorder: '#2f6a4c', colorInfoBg: '#1d2a4a', colorInfoBorder: '#34508f',
      }
      : {
        colorPrimary: '#3457d5', colorLink: '#2b49ba', colorLinkHover: '#1d3490', colorTextDescription: '#5b6475', colorTextTertiary: '#5b6475', colorTextPlaceholder: '#6b7280', colorError: '#c62f25', colorSuccess: '#1a7f4e', colorWarning: '#a15c00',
        colorErrorBg: '#fdeeec', colorErrorBorder: '#f3bdb8', colorWarningBg: '#fff6e0', colorWarningBorder: '#efd9a4', colorSuccessBg: '#e9f7ef', colorSuccessBorder: '#a9dcc0',
      }),
  },
  components: {
    Button: dark ? { primaryColor: '#0d1226' } : {},
    Menu: dark ? { itemSelectedColor: '#c3ceff', itemSelectedBg: '#2c3652' } : { itemSelectedColor: '#2b49ba' },
    Segmented: dark ? { trackBg: '#12151c', itemSelectedBg: '#333b4e', itemColor: '#c2cad9' } : { itemColor: '#4a5364' },
    Tabs: { itemSelectedColor: dark ? '#9db0ff' : '#2b49ba' },
  },
})
