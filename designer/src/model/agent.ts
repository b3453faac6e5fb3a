const browsers: [RegExp, string][] = [[/Edg\//, 'Edge'], [/OPR\//, 'Opera'], [/Firefox\//, 'Firefox'], [/Chrom(e|ium)\//, 'Chrome'], [/Safari\//, 'Safari']]
const systems: [RegExp, string][] = [[/Windows/, 'Windows'], [/iPhone|iPad/, 'iOS'], [/Android/, 'Android'], [/Mac OS X/, 'macOS'], [/Linux/, 'Linux']]

/** Which browser on which system, for people who look for the session that is not theirs; what is no browser's name stays as it is. */
export function agentText(agent: string | null | undefined): string {
  if (!agent) return ''
  const named = [browsers, systems].map((all) => all.find(([sign]) => sign.test(agent))?.[1]).filter(Boolean)
  return named.length > 0 ? named.join(' · ') : agent
}
