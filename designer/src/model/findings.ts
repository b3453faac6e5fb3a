import type { Journey } from './journey'

/** A finding of lint as the server tells it. */
export interface Finding {
  code: string
  severity: string
  pointer: string
  message: string
}

/** Where a finding belongs on the canvas: a step's id, or trigger, entry, exit, goal, or the journey itself. */
export function placeOf(journey: Journey, finding: Finding): string {
  const [, first, second] = finding.pointer.split('/')
  if (first === 'steps' && second !== undefined) return journey.steps[Number(second)]?.id ?? 'journey'
  return first === 'trigger' || first === 'entry' || first === 'exit' || first === 'goal' ? '/trigger' : 'journey'
}

export function byPlace(journey: Journey, findings: Finding[]): Map<string, Finding[]> {
  const places = new Map<string, Finding[]>()
  for (const finding of findings) {
    const place = placeOf(journey, finding)
    places.set(place, [...(places.get(place) ?? []), finding])
  }
  return places
}

export const hasErrors = (findings: Finding[]) => findings.some((finding) => finding.severity === 'error')
