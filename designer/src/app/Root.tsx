import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { App as Frame, ConfigProvider, theme } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { createHashRouter, Navigate, RouterProvider } from 'react-router'
import { Problem } from '../api/client'
import { useDark } from './preferences'
import { Shell } from './Shell'

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
const Mailbox = lazy(() => import('../pages/Mailbox'))
const Documents = lazy(() => import('../pages/Documents'))
const Accounts = lazy(() => import('../pages/Accounts'))
const Settings = lazy(() => import('../pages/Settings'))

// The address behind # is the browser's own, so no path of the API can ever be taken for a page.
const router = createHashRouter([
  {
    path: '/',
    element: <Shell />,
    children: [
      { index: true, element: <Navigate to="/journeys" replace /> },
      { path: 'journeys', element: <Journeys /> },
      { path: 'journeys/:key', element: <Editor /> },
      { path: 'contacts', element: <Contacts /> },
      { path: 'contacts/:id', element: <Contact /> },
      { path: 'messages', element: <Messages /> },
      { path: 'ledger', element: <Ledger /> },
      { path: 'mailbox', element: <Mailbox /> },
      { path: 'templates/:key?', element: <Documents kind="templates" /> },
      { path: 'segments/:key?', element: <Documents kind="segments" /> },
      { path: 'accounts', element: <Accounts /> },
      { path: 'settings', element: <Settings /> },
      { path: '*', element: <Navigate to="/journeys" replace /> },
    ],
  },
])

export function Root() {
  const { i18n } = useTranslation()
  const dark = useDark()
  return (
    <ConfigProvider
      locale={i18n.language === 'zh' ? zhCN : enUS}
      theme={{
        algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: { colorPrimary: dark ? '#7c95ff' : '#3457d5', colorLink: dark ? '#9db0ff' : '#2b49ba', borderRadius: 8, fontFamily: "system-ui, 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', sans-serif" },
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
