import { createContext, useContext, useSyncExternalStore } from 'react'
import { api, ask, Problem } from '../api/client'
import { packJourney, readJourney, writeJourney } from '../model/document'
import type { Finding } from '../model/findings'
import { begin, change, redo, undo, type History } from '../model/history'
import type { Journey } from '../model/journey'
import { parseJson } from '../model/json'

export type Saving = 'saved' | 'dirty' | 'saving' | 'offline' | 'signed_out' | 'refused' | 'conflict'
export interface DraftState {
  history: History<Journey>
  selected: ReadonlySet<string>
  findings: Finding[]
  saving: Saving
  savedAt: Date | null
  /** What stands on the server where somebody saved meanwhile. */
  theirs: { journey: Journey; revision: number } | null
  /** Edits that an earlier visit could not save. */
  kept: { text: string; at: string } | null
  wrong: unknown
}

const restMs = 1_200

/** The draft on screen: edits, undo, and saving as it goes. The server's revision keeps two people from losing each other's work. */
export class Draft {
  state: DraftState
  private readonly listeners = new Set<() => void>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private underWay: Promise<boolean> | null = null
  private savedText: string

  private constructor(readonly key: string, journey: Journey, private revision: number, findings: Finding[]) {
    this.savedText = writeJourney(journey)
    const kept = readKept(key)
    this.state = {
      history: begin(journey), selected: new Set(), findings, saving: 'saved', savedAt: null, theirs: null, wrong: null,
      kept: kept && kept.text !== this.savedText ? kept : null,
    }
  }

  static async open(key: string): Promise<Draft> {
    const { journey, revision } = await Draft.fetch(key)
    const { findings } = await ask(api.POST('/api/journeys/{key}/lint', { params: { path: { key } }, body: JSON.parse(packJourney(journey)) }))
    return new Draft(key, journey, revision, findings)
  }

  // The answer is read as text: JavaScript's own numbers would lose digits of the document's.
  private static async fetch(key: string) {
    const text = await ask(api.GET('/api/journeys/{key}', { params: { path: { key } }, parseAs: 'text' }))
    const answer = parseJson(text as unknown as string) as { draft?: object; published?: object; revision: number }
    return { journey: readJourney(packJourney((answer.draft ?? answer.published ?? { key, steps: [] }) as Journey)), revision: answer.revision }
  }

  get journey() {
    return this.state.history.present
  }
  get isSaved() {
    return writeJourney(this.journey) === this.savedText
  }
  get baseRevision() {
    return this.revision
  }

  edit(next: Journey | ((journey: Journey) => Journey), about: string | null = null) {
    const journey = typeof next === 'function' ? next(this.journey) : next
    this.become(change(this.state.history, journey, about))
  }
  undo() {
    this.become(undo(this.state.history))
  }
  redo() {
    this.become(redo(this.state.history))
  }
  select(...ids: string[]) {
    this.set({ selected: new Set(ids) })
  }

  restoreKept() {
    if (this.state.kept) this.edit(readJourney(this.state.kept.text))
    this.set({ kept: null })
  }
  discardKept() {
    localStorage.removeItem(keptAs(this.key))
    this.set({ kept: null })
  }
  takeTheirs() {
    const { theirs } = this.state
    if (!theirs) return
    this.revision = theirs.revision
    this.savedText = writeJourney(theirs.journey)
    this.set({ theirs: null, saving: 'saved' })
    this.edit(theirs.journey)
  }
  async keepMine() {
    this.revision = this.state.theirs?.revision ?? this.revision
    this.set({ theirs: null, saving: 'dirty' })
    await this.save()
  }
  /** After publishing and the like: the revision moved without an edit of ours. */
  moved(revision: number) {
    this.revision = revision
  }

  /** True when the server has what is on screen. */
  async save(): Promise<boolean> {
    clearTimeout(this.timer)
    if (this.underWay) await this.underWay
    if (this.isSaved && this.state.saving !== 'offline' && this.state.saving !== 'signed_out') return true
    if (this.state.theirs) return false
    this.underWay = this.put()
    const good = await this.underWay
    this.underWay = null
    return good && (this.isSaved || this.save())
  }

  private async put(): Promise<boolean> {
    const journey = this.journey
    this.set({ saving: 'saving', wrong: null })
    try {
      const saved = await ask(api.PUT('/api/journeys/{key}', {
        params: { path: { key: this.key } }, headers: { 'If-Match': `"${this.revision}"`, 'Content-Type': 'application/json' },
        body: journey as never, bodySerializer: () => packJourney(journey),
      }))
      this.revision = saved.revision
      this.savedText = writeJourney(journey)
      localStorage.removeItem(keptAs(this.key))
      this.set({ saving: this.isSaved ? 'saved' : 'dirty', savedAt: new Date(), findings: saved.findings })
      return true
    } catch (wrong) {
      const problem = wrong instanceof Problem ? wrong : null
      if (problem?.code === 'revision_conflict') {
        this.set({ saving: 'conflict', theirs: await Draft.fetch(this.key), wrong })
      } else {
        // Whoever signs in again has it saved then; to ask until that is done would only be refused.
        const away = !problem || problem.status === 0 || problem.status >= 500
        this.set({ saving: problem?.status === 401 ? 'signed_out' : away ? 'offline' : 'refused', wrong })
        if (away) this.timer = setTimeout(() => void this.save(), 5_000)
      }
      return false
    }
  }

  private become(history: History<Journey>) {
    if (history === this.state.history) return
    const known = new Set(history.present.steps.map((step) => step.id))
    this.set({
      history, saving: this.state.theirs ? 'conflict' : 'dirty',
      selected: new Set([...this.state.selected].filter((id) => known.has(id) || id.startsWith('/'))),
    })
    localStorage.setItem(keptAs(this.key), JSON.stringify({ text: writeJourney(history.present), at: new Date().toISOString() }))
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.save(), restMs)
  }

  private set(some: Partial<DraftState>) {
    this.state = { ...this.state, ...some }
    for (const tell of this.listeners) tell()
  }

  readonly subscribe = (tell: () => void) => {
    this.listeners.add(tell)
    return () => this.listeners.delete(tell)
  }
}

const keptAs = (key: string) => `automation.draft.${key}`

function readKept(key: string): { text: string; at: string } | null {
  try {
    return JSON.parse(localStorage.getItem(keptAs(key)) ?? 'null') as { text: string; at: string } | null
  } catch {
    return null
  }
}

export const DraftContext = createContext<Draft | null>(null)
export function useDraft() {
  const draft = useContext(DraftContext)
  if (!draft) throw new Error('Expected to be inside an editor, but there is no draft.')
  return draft
}
export function useDraftState<T>(pick: (state: DraftState) => T): T {
  const draft = useDraft()
  return useSyncExternalStore(draft.subscribe, () => pick(draft.state))
}
export const useJourney = () => useDraftState((state) => state.history.present)
