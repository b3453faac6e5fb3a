import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { Changes } from './Changes'
import { useDraft, useDraftState, useJourney } from './draft'

/** Somebody saved meanwhile: both versions are there, what differs is shown, and a person decides. */
export function Conflict() {
  const { t } = useTranslation()
  const draft = useDraft()
  const mine = useJourney()
  const theirs = useDraftState((state) => state.theirs)
  if (!theirs) return null
  return (
    <Modal
      open title={t('draft.conflict')} closable={false} width={640}
      footer={[
        <Button key="theirs" onClick={() => draft.takeTheirs()}>{t('draft.takeTheirs')}</Button>,
        <Button key="mine" type="primary" onClick={() => void draft.keepMine()}>{t('draft.keepMine')}</Button>,
      ]}
    >
      <p>{t('draft.conflictHint', { revision: theirs.revision })}</p>
      <p className="soft">{t('draft.conflictSteps')}</p>
      <Changes now={mine} before={theirs.journey} publishedAt={undefined} />
    </Modal>
  )
}
