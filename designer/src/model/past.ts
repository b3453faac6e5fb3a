/** What of a fact tells of a passage's beginning and end. */
export interface PassageFact {
  at: string
  ordinal?: number | null
  journey?: string | null
  version?: number | null
  kind: string
  reason?: string | null
}
export interface PastPassage {
  ordinal: number
  journey: string
  version: number
  entered: string
  ended: string | null
  /** Why it ended early; null for one that was gone through. */
  reason: string | null
  goal: boolean
}

/** Passages from their facts, the newest first. */
export function pastPassages(facts: PassageFact[]): PastPassage[] {
  const all = new Map<number, PastPassage>()
  for (const fact of facts) {
    if (fact.kind !== 'enrolled' || fact.ordinal == null) continue
    all.set(fact.ordinal, { ordinal: fact.ordinal, journey: fact.journey ?? '', version: fact.version ?? 0, entered: fact.at, ended: null, reason: null, goal: false })
  }
  for (const fact of facts) {
    const passage = fact.ordinal == null ? undefined : all.get(fact.ordinal)
    if (!passage) continue
    if (fact.kind === 'completed' || fact.kind === 'exited') Object.assign(passage, { ended: fact.at, reason: fact.reason ?? null })
    if (fact.kind === 'goal_reached') passage.goal = true
  }
  return [...all.values()].sort((a, b) => b.ordinal - a.ordinal)
}
