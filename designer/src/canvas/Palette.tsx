import { useTranslation } from 'react-i18next'
import { stepTypes } from '../model/journey'
import { dragFresh } from './dragging'
import { groups, kinds } from './kinds'

export function Palette() {
  const { t } = useTranslation()
  return (
    <aside className="palette" aria-label={t('canvas.palette')}>
      {groups.map((group) => (
        <section key={group}>
          <h2>{t(`group.${group}`)}</h2>
          {stepTypes.filter((type) => kinds[type].group === group).map((type) => (
            <div
              key={type} className="palette-step" data-palette={type} {...dragFresh(type)}
            >
              <span aria-hidden style={{ color: kinds[type].colour }}>{kinds[type].icon}</span> {t(`step.${type}`)}
            </div>
          ))}
        </section>
      ))}
      <p>{t('canvas.paletteHint')}</p>
    </aside>
  )
}
