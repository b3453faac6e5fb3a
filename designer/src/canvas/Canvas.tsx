import { GlobalOutlined } from '@ant-design/icons'
import { Background, BackgroundVariant, ControlButton, Controls, MiniMap, ReactFlow, useReactFlow, type NodeMouseHandler } from '@xyflow/react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'
import { layOut, rootId } from '../layout/layout'
import { byPlace } from '../model/findings'
import type { StepType } from '../model/journey'
import { outputs, reachable, type Port, portId } from '../model/links'
import type { Passage } from '../model/path'
import { stepTitle } from '../sentence/sentence'
import { useDraft, useDraftState } from './draft'
import { figuresOf } from './figures'
import { kindOf } from './kinds'
import { StepCard, type CardContent, type CardNode } from './StepCard'
import { WayEdge, type WayEdgeType } from './WayEdge'

const nodeTypes = { card: StepCard }
const edgeTypes = { way: WayEdge }

interface Props {
  stats: Schema<'StatsAnswer'> | undefined
  adding: Port | null
  search: string
  /** One person's way, drawn bold over the rest. */
  passage: Passage | null
  isWalk: boolean
  isEditing: boolean
  onAdding(port: Port | null): void
  onAdd(port: Port, type: StepType): void
  onMove(port: Port, step: string): void
  onPaste(port: Port): void
}

/** Draws the journey. All that can be edited goes through the draft; React Flow only shows it. */
export function Canvas({ stats, adding, search, passage, isWalk, isEditing, onAdding, onAdd, onMove, onPaste }: Props) {
  const { t, i18n } = useTranslation()
  const draft = useDraft()
  const journey = useDraftState((state) => state.history.present)
  const findings = useDraftState((state) => state.findings)
  const selected = useDraftState((state) => state.selected)
  const layout = useMemo(() => layOut(journey.steps), [journey.steps])
  const byStep = useMemo(() => byPlace(journey, findings), [journey, findings])
  const figures = useMemo(() => figuresOf(stats, journey.steps), [stats, journey.steps])
  const alive = useMemo(() => reachable(journey.steps), [journey.steps])
  const old = useRef(new Map<string, CardNode>())
  // A short journey is seen whole; an overview of it would only stand before its cards.
  const [map, setMap] = useState(journey.steps.length > 12)

  const nodes = useMemo(() => {
    const steps = new Map(journey.steps.map((step) => [step.id, step]))
    const notes = new Map((journey.notes ?? []).map((note) => [note.step, note.text]))
    const wanted = search.trim().toLowerCase()
    const next = new Map<string, CardNode>()
    for (const { id, x, y, width, height } of layout.nodes) {
      const step = steps.get(id) ?? null
      const content: CardContent = {
        step, journey: step ? null : journey, findings: byStep.get(id), figures: figures.get(id), note: notes.get(id), lost: step !== null && !alive.has(id), movable: isEditing && step !== null && outputs(step).length < 2,
        walk: !isWalk || !passage ? undefined : id === rootId || passage.steps.includes(id) ? (passage.ended === null && passage.steps.at(-1) === id ? 'here' : 'on') : 'off',
        found: Boolean(wanted && step && JSON.stringify(step).concat(stepTitle(step, t)).toLowerCase().includes(wanted)),
      }
      const before = old.current.get(id)
      // A card that stays as it was keeps its object, so that React draws only what changed.
      const data = before && same(before.data, content) ? before.data : content
      const isSelected = selected.has(id)
      next.set(id, before && before.data === data && before.position.x === x && before.position.y === y && before.selected === isSelected ? before : {
        id, type: 'card', position: { x, y }, width, height, data, selected: isSelected, draggable: false, connectable: false,
        ariaLabel: step ? `${stepTitle(step, t)} (${step.id})` : t('canvas.start'),
      })
    }
    old.current = next
    return [...next.values()]
  }, [layout, journey, byStep, figures, alive, selected, search, passage, isWalk, isEditing, t])

  const edges = useMemo(() => {
    const steps = new Map(journey.steps.map((step) => [step.id, step]))
    return layout.edges.map((way): WayEdgeType => ({
      id: way.id, type: 'way', source: way.step ?? rootId, target: way.ends === 'step' ? way.to! : (way.step ?? rootId), selectable: false, focusable: false,
      data: {
        way, walk: !isWalk || !passage ? undefined : passage.ways.has(way.id) ? 'on' : 'off', kind: way.step === null ? '' : (steps.get(way.step)?.type ?? ''), isOpen: adding !== null && portId(adding) === way.id, onOpen: onAdding, onAdd, onMove, onPaste,
        backTo: way.to && steps.has(way.to) ? stepTitle(steps.get(way.to)!, t) : undefined,
      },
    }))
  }, [layout, journey.steps, adding, onAdding, onAdd, onMove, onPaste, passage, isWalk, t, i18n.language])

  const flow = useReactFlow()
  const box = useRef<HTMLDivElement>(null)
  const shown = useRef(false)
  useEffect(() => {
    if (shown.current) return
    shown.current = true
    // The start of the journey at the top, in full size; a long one is walked, not squeezed into the window.
    requestAnimationFrame(() => void flow.fitView({ maxZoom: 1, minZoom: 0.55, padding: 0.12, nodes: layout.nodes.slice(0, 6).map(({ id }) => ({ id })) }))
  }, [flow, layout])

  // What is in the middle stays there when a drawer comes or goes and leaves the canvas more room or less.
  useEffect(() => {
    const frame = box.current
    if (!frame) return
    let wide = frame.clientWidth
    const watch = new ResizeObserver(() => {
      const by = (frame.clientWidth - wide) / 2
      wide = frame.clientWidth
      const { x, y, zoom } = flow.getViewport()
      if (by !== 0 && shown.current) void flow.setViewport({ x: x + by, y, zoom })
    })
    watch.observe(frame)
    return () => watch.disconnect()
  }, [flow])

  // The drawer takes room when a step is chosen; the step is brought back where it can be seen.
  useEffect(() => {
    const [only] = selected
    if (selected.size !== 1 || !only) return
    const timer = setTimeout(() => {
      const frame = box.current?.getBoundingClientRect()
      const card = box.current?.querySelector(`[data-step="${CSS.escape(only)}"]`)?.getBoundingClientRect()
      const place = layout.nodes.find((node) => node.id === only)
      if (!frame || !place) return
      const seen = card && card.left >= frame.left && card.right <= frame.right && card.top >= frame.top && card.bottom <= frame.bottom
      if (!seen) void flow.setCenter(place.x + place.width / 2, place.y + place.height / 2, { zoom: flow.getZoom(), duration: 150 })
    }, 80)
    return () => clearTimeout(timer)
  }, [selected, layout, flow])

  const choose: NodeMouseHandler = useCallback((click, node) => {
    if (click.shiftKey || click.ctrlKey || click.metaKey) draft.select(...new Set([...draft.state.selected, node.id]))
    else draft.select(node.id)
  }, [draft])

  return (
    <ReactFlow
      ref={box} nodes={nodes} edges={edges} nodeTypes={nodeTypes} edgeTypes={edgeTypes} onNodeClick={choose} onPaneClick={() => draft.select()}
      onlyRenderVisibleElements nodesDraggable={false} nodesConnectable={false} elementsSelectable={false} nodesFocusable={false} edgesFocusable={false} disableKeyboardA11y
      minZoom={0.1} maxZoom={1.6} zoomOnDoubleClick={false} panOnScroll proOptions={{ hideAttribution: true }}
    >
      <svg width="0" height="0" style={{ position: 'absolute' }}>
        <defs>
          {['', '-on'].map((kind) => (
            <marker key={kind} id={`way-head${kind}`} viewBox="0 0 10 10" refX="9" refY="5" markerUnits="userSpaceOnUse" markerWidth="12" markerHeight="12" orient="auto-start-reverse">
              <path d="M0,0 L10,5 L0,10 z" className={`way-head${kind}`} />
            </marker>
          ))}
        </defs>
      </svg>
      <Background variant={BackgroundVariant.Dots} gap={22} size={1.4} color="var(--line)" />
      <Controls showInteractive={false} position="bottom-left" fitViewOptions={{ maxZoom: 1, padding: 0.1 }}>
        <ControlButton onClick={() => setMap(!map)} title={t('canvas.map')} aria-label={t('canvas.map')} aria-pressed={map}><GlobalOutlined /></ControlButton>
      </Controls>
      {map && <MiniMap pannable zoomable style={{ width: 150, height: 110 }} position="bottom-left" className="map" nodeColor={(node) => colourOf(node as CardNode)} maskColor="rgb(128 138 160 / 18%)" ariaLabel={t('canvas.map')} />}
    </ReactFlow>
  )
}

const colourOf = (node: CardNode) => (node.data.step ? kindOf(node.data.step.type).colour : '#c2347e')
const same = (a: CardContent, b: CardContent) =>
  a.step === b.step && a.journey === b.journey && a.note === b.note && a.lost === b.lost && a.movable === b.movable && a.found === b.found && a.walk === b.walk
  && JSON.stringify([a.findings, a.figures]) === JSON.stringify([b.findings, b.figures])
