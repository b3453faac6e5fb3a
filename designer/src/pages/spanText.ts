import type { TFunction } from 'i18next'
import { spanOf } from '../model/spans'

/** A length of time in its largest unit. */
export function spanText(seconds: number, t: TFunction) {
  const { unit, count } = spanOf(seconds)
  return t(`operations.${unit}`, { count })
}
