import createClient from 'openapi-fetch'
import { session } from '../app/session'
import type { Finding } from '../model/findings'
import type { components, paths } from './schema'

export type Schema<T extends keyof components['schemas']> = components['schemas'][T]

/** What the server says when it says no: a stable code, and a sentence for people. */
export class Problem extends Error {
  constructor(readonly code: string, readonly status: number, message: string, readonly revision?: number, readonly findings: Finding[] = []) {
    super(message)
  }
}

export const basic = (key: string) => `Basic ${btoa(`${key}:`)}`

const client = createClient<paths>({
  baseUrl: '/',
  // A person's session is the browser's cookie; a key in the header comes before it.
  credentials: 'same-origin',
  querySerializer: { array: { style: 'form', explode: true } },
})
client.use({
  onRequest({ request }) {
    if (session.key) request.headers.set('Authorization', basic(session.key))
    else if (session.token) request.headers.set('X-CSRF-Token', session.token)
    return request
  },
  onResponse({ response }) {
    if (response.status === 401) session.expire()
  },
})

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The answer's content, or a Problem. A server that cannot be reached is a Problem too, with the code `offline`. */
export async function ask<T>(answering: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>
  try {
    answer = await answering
  } catch (wrong) {
    throw new Problem('offline', 0, wrong instanceof Error ? wrong.message : String(wrong))
  }
  if (answer.response.ok) return answer.data as T
  const told = (answer.error ?? {}) as { code?: string; detail?: string; title?: string; revision?: number; findings?: Finding[] }
  // Another tab signed in anew: the cookie is its session's by now, and so must be the token.
  if (told.code === 'missing_token') void session.ask()
  throw new Problem(
    told.code ?? `http_${answer.response.status}`, answer.response.status, told.detail ?? told.title ?? answer.response.statusText,
    told.revision, told.findings)
}

/** Lists come at most this long; what is longer goes on at the end of one. */
export const pageSize = 50

export { client as api }
