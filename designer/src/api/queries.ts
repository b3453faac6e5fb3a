import { useQuery } from '@tanstack/react-query'
import { api, ask } from './client'

export const useJourneys = () =>
  useQuery({ queryKey: ['journeys'], queryFn: () => ask(api.GET('/api/journeys')), select: (answer) => answer.journeys })

export const useStats = (key: string, enabled = true) =>
  useQuery({
    queryKey: ['stats', key], enabled, refetchInterval: 10_000,
    queryFn: () => ask(api.GET('/api/journeys/{key}/stats', { params: { path: { key } } })),
  })

export const useTemplates = () =>
  useQuery({ queryKey: ['templates'], queryFn: () => ask(api.GET('/api/templates')), select: (answer) => answer.documents })

export const useSegments = () =>
  useQuery({ queryKey: ['segments'], queryFn: () => ask(api.GET('/api/segments')), select: (answer) => answer.documents })

export const useConnectors = () =>
  useQuery({ queryKey: ['connectors'], queryFn: () => ask(api.GET('/api/connectors')), select: (answer) => answer.connectors })

export const useAccounts = () =>
  useQuery({ queryKey: ['accounts'], queryFn: () => ask(api.GET('/api/accounts')), select: (answer) => answer.accounts })

export const useChannels = () =>
  useQuery({
    queryKey: ['connectors'], queryFn: () => ask(api.GET('/api/connectors')),
    select: (answer) => [...new Set(answer.connectors.flatMap((one) => one.channels.map((channel) => channel.key)))].sort(),
  })

/** What contacts really have: their attributes with a value each, the events they did, their tags. Seen in the first of them. */
export interface Vocabulary {
  events: string[]
  attributes: Map<string, unknown>
  tags: string[]
  lists: string[]
  quotas: string[]
}
export const useVocabulary = () =>
  useQuery({
    queryKey: ['vocabulary'], staleTime: 60_000,
    queryFn: () => ask(api.GET('/api/contacts', { params: { query: { limit: 200 } } })),
    select: ({ contacts }): Vocabulary => ({
      events: unique(contacts.flatMap((one) => one.histories.map((history) => history.event))),
      attributes: new Map(contacts.flatMap((one) => Object.entries((one.attributes ?? {}) as Record<string, unknown>))),
      tags: unique(contacts.flatMap((one) => one.tags)),
      lists: unique(contacts.flatMap((one) => one.lists)),
      quotas: unique(contacts.flatMap((one) => one.quotas.map((quota) => quota.quota))),
    }),
  })

const unique = (texts: string[]) => [...new Set(texts)].sort()
