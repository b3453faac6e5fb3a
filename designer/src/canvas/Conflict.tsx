import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { difference } from '../model/difference'
import { stepTitle } from '../sentence/sentence'
import { useDraft, useDraftState, useJourney } from './draft'

/** Somebody saved meanwhile: both versions are there, and a person decides. */
export function Conflict() {
  const { t } = useTranslation()
  const draft = useDraft()
  const mine = useJourney()
  const theirs = useDraftState((state) => state.theirs)
  if (!theirs) return null
  const steps = difference(mine, theirs.journey).steps.map(({ step }) => stepTitle(step, t))
  return (
    <Modal
      open title={t('draft.conflict')} closable={false}
      footer={[
        <Button key="theirs" onClick={() => draft.takeTheirs()}>{t('draft.takeTheirs')}</Button>,
        <Button key="mine" type="primary" onClick={() => void draft.keepMine()}>{t('draft.keepMine')}</Button>,
      ]}
    >
      <p>{t('draft.conflictHint', { revision: theirs.revision })}</p>
      {steps.length > 0 && <p>{t('draft.conflictSteps', { steps: steps.join(', ') })}</p>}
    </Modal>
  )
}
