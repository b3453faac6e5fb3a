import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRouteError } from 'react-router'

/** A page that broke says so, instead of leaving nothing; what was edited is kept in the browser. */
export function Broken() {
  const { t } = useTranslation()
  const wrong = useRouteError()
  return (
    <main className="page">
      <Alert
        type="error" showIcon title={t('error.broken')} description={<code>{wrong instanceof Error ? wrong.message : String(wrong)}</code>}
        action={<Button onClick={() => location.reload()}>{t('common.reload')}</Button>}
      />
    </main>
  )
}
