/**
 * Pages of stand-ins for vendors: where an account's configuration names an address on this machine, its root shows what would have
 * been on phones.
 */
export function standIns(configurations: unknown[]): string[] {
  const pages = configurations.flatMap((one) => Object.values((one ?? {}) as Record<string, unknown>)).flatMap((value) => {
    if (typeof value !== 'string' || !URL.canParse(value)) return []
    const address = new URL(value)
    return address.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(address.hostname) ? [`${address.origin}/`] : []
  })
  return [...new Set(pages)].sort()
}
