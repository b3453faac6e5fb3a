import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { api, ask, Problem, type Schema } from './client'

export const useJourneys = () =>
  useQuery({ queryKey: ['journeys'], refetchInterval: 30_000, queryFn: () => ask(api.GET('/api/journeys')), select: (answer) => answer.journeys })

export const useStats = (key: string, enabled = true) =>
  useQuery({
    queryKey: ['stats', key], enabled, refetchInterval: 10_000,
    queryFn: () => ask(api.GET('/api/journeys/{key}/stats', { params: { path: { key } } })),
  })

/** The journey's request, who changed the draft, and whether this person may decide. */
export const useApproval = (key: string) =>
  useQuery({ queryKey: ['approval', key], refetchInterval: 15_000, queryFn: () => ask(api.GET('/api/journeys/{key}/approval', { params: { path: { key } } })) })

export const useTemplates = () =>
  useQuery({ queryKey: ['templates'], queryFn: () => ask(api.GET('/api/templates')), select: (answer) => answer.documents })

export const useSegments = () =>
  useQuery({ queryKey: ['segments'], queryFn: () => ask(api.GET('/api/segments')), select: (answer) => answer.documents })

export const useConnectors = () =>
  useQuery({ queryKey: ['connectors'], queryFn: () => ask(api.GET('/api/connectors')), select: (answer) => answer.connectors })

export const useAccounts = () =>
  useQuery({ queryKey: ['accounts'], queryFn: () => ask(api.GET('/api/accounts')), select: (answer) => answer })

export const useChannels = () =>
  useQuery({
    queryKey: ['connectors'], queryFn: () => ask(api.GET('/api/connectors')),
    select: (answer) => [...new Set(answer.connectors.flatMap((one) => one.channels.map((channel) => channel.key)))].sort(),
  })

export const useSettings = (enabled = true) =>
  useQuery({ queryKey: ['settings'], enabled, queryFn: () => ask(api.GET('/api/settings')), select: (answer) => answer.document as SettingsDocument })

export interface QuietHours {
  from: string
  to: string
  then?: 'postpone' | 'drop'
}
export interface SettingsDocument {
  time_zone: string
  quiet_hours?: Record<string, QuietHours>
  caps?: { channel?: string; at_most: number; per: string }[]
  consent?: Record<string, 'required' | 'assumed'>
  accounts?: Record<string, string>
  holdout_percent?: number
  late_after?: string
  retry?: { attempts_max?: number; first?: string; factor?: number; delay_max?: string }
}

/** What contacts really have: their attributes with a value each, the events they did, their tags. */
export interface Vocabulary {
  events: string[]
  /** Events of late, with properties and sample values. */
  seen: Schema<'SeenEvent'>[]
  attributes: Map<string, unknown>
  tags: string[]
  lists: string[]
  quotas: string[]
  /** A contact to try things with. */
  someone: number | undefined
}

export const useVocabulary = () =>
  useQuery({
    queryKey: ['vocabulary'], staleTime: 60_000,
    queryFn: async () => {
      const [{ contacts }, { events }] = await Promise.all([ask(api.GET('/api/contacts', { params: { query: { limit: 200 } } })), ask(api.GET('/api/vocabulary'))])
      return { contacts, seen: events }
    },
    select: ({ contacts, seen }): Vocabulary => ({
      events: unique([...contacts.flatMap((one) => one.histories.map((history) => history.event)), ...seen.map((one) => one.name)]),
      seen,
      attributes: new Map(contacts.flatMap((one) => Object.entries((one.attributes ?? {}) as Record<string, unknown>))),
      tags: unique(contacts.flatMap((one) => one.tags)),
      lists: unique(contacts.flatMap((one) => one.lists)),
      quotas: unique(contacts.flatMap((one) => one.quotas.map((quota) => quota.quota))),
      someone: contacts[0]?.id,
    }),
  })

/** Who is where, page by page. */
export const usePeople = (journey: string, step: string) =>
  useInfiniteQuery({
    queryKey: ['people', journey, step], initialPageParam: undefined as string | undefined, refetchInterval: 15_000,
    queryFn: ({ pageParam }) => ask(api.GET('/api/journeys/{key}/people', { params: { path: { key: journey }, query: { step, after: pageParam, limit: 20 } } })),
    getNextPageParam: (last) => last.next ?? undefined,
  })

/** What happened in each journey on each of the last thirty days of the workspace's calendar. */
export const useActivity = () =>
  useQuery({ queryKey: ['activity'], refetchInterval: 30_000, queryFn: () => ask(api.GET('/api/activity', { params: { query: { days: 30 } } })) })

/** The versions of a template, the newest first. */
export const useTemplateVersions = (keys: string[]) =>
  useQuery({
    queryKey: ['template-versions', keys], staleTime: 30_000, enabled: keys.length > 0,
    queryFn: async () => new Map(await Promise.all(keys.map(async (key) => [key, await versionsOf(key)] as const))),
  })

async function versionsOf(key: string): Promise<Schema<'VersionAnswer'>[]> {
  try {
    return (await ask(api.GET('/api/templates/{key}/versions', { params: { path: { key } } }))).versions
  } catch (wrong) {
    // A template that is gone has no text to compare.
    if (wrong instanceof Problem && wrong.status === 404) return []
    throw wrong
  }
}

const unique = (texts: string[]) => [...new Set(texts)].sort()
