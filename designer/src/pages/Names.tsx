import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useJourneys, useSegments, useTemplates } from '../api/queries'

/** Documents by what people call them; the key, by which rules and the ledger know them, is in the tooltip. */
interface Named {
  of: string
}

const nameIn = (document: unknown) => (document as { name?: string } | null)?.name

export const useJourneyName = () => {
  const journeys = useJourneys().data
  return (key: string) => journeys?.find((one) => one.key === key)?.name || key
}

export const useTemplateName = () => {
  const templates = useTemplates().data
  return (key: string) => nameIn(templates?.find((one) => one.key === key)?.document) || key
}

export const useSegmentName = () => {
  const segments = useSegments().data
  return (key: string) => nameIn(segments?.find((one) => one.key === key)?.document) || key
}

/** @param search where in the journey it leads, as `?view=person&contact=7`. */
export function JourneyLink({ of, search = '', version }: Named & { search?: string; version?: number | null }) {
  const name = useJourneyName()
  return <><Link to={`/journeys/${of}${search}`} title={of} onClick={(click) => click.stopPropagation()}>{name(of)}</Link>{version ? <span className="key"> v{version}</span> : null}</>
}

export function TemplateLink({ of }: Named) {
  const name = useTemplateName()
  return <Link to={`/templates/${of}`} title={of} onClick={(click) => click.stopPropagation()}>{name(of)}</Link>
}

export function SegmentTags({ of }: { of: string[] }) {
  const name = useSegmentName()
  return of.length === 0 ? '–' : of.map((key) => <Link key={key} to={`/segments/${key}`} title={key}><Tag>{name(key)}</Tag></Link>)
}

/** What a person's attribute is called; one that the shop made up keeps its own name. */
export function AttributeName({ of }: Named) {
  const { t } = useTranslation()
  return <span title={`contact.${of}`}>{t(`attribute.${of}`, { defaultValue: of })}</span>
}
