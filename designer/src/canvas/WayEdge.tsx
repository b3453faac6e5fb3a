import { PlusOutlined } from '@ant-design/icons'
import { EdgeLabelRenderer, type Edge, type EdgeProps } from '@xyflow/react'
import { memo, useState, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlacedEdge } from '../layout/layout'
import type { StepType } from '../model/journey'
import type { Port } from '../model/links'
import { AddMenu } from './AddMenu'
import { droppedStep, isStepDrag } from './dragging'

export interface WayContent extends Record<string, unknown> {
  way: PlacedEdge
  backTo: string | undefined
  kind: string
  walk: 'on' | 'off' | undefined
  isOpen: boolean
  onOpen(port: Port | null): void
  onAdd(port: Port, type: StepType): void
  onMove(port: Port, step: string): void
  onPaste(port: Port): void
}
export type WayEdgeType = Edge<WayContent, 'way'>

const radius = 10

/** A line through the points with rounded corners. */
export function roundedPath(points: [number, number][]): string {
  return points.map(([x, y], i) => {
    const [before, after] = [points[i - 1], points[i + 1]]
    if (!before) return `M${x},${y}`
    if (!after) return `L${x},${y}`
    const near = (to: [number, number]) => {
      const length = Math.hypot(to[0] - x, to[1] - y) || 1
      const r = Math.min(radius, length / 2)
      return `${x + ((to[0] - x) / length) * r},${y + ((to[1] - y) / length) * r}`
    }
    return `L${near(before)} Q${x},${y} ${near(after)}`
  }).join(' ')
}

export const WayEdge = memo(function WayEdge({ data, id }: EdgeProps<WayEdgeType>) {
  const { t } = useTranslation()
  const [over, setOver] = useState(false)
  const { way, walk, backTo, kind, isOpen, onOpen, onAdd, onMove, onPaste } = data!
  const label = labelOf(way, kind, t)
  const head = way.points.at(-1)!
  const hover = (drag: DragEvent) => {
    if (!isStepDrag(drag)) return
    drag.preventDefault()
    setOver(true)
  }
  return (
    <>
      <path className={`way${way.ends === 'back' ? ' back' : ''}${walk ? ` walk-${walk}` : ''}`} d={roundedPath(way.points)} markerEnd={way.ends === 'step' ? `url(#way-head${walk === 'on' ? '-on' : ''})` : undefined} />
      <EdgeLabelRenderer>
        {way.ends !== 'step' && (
          <div className="terminal nodrag nopan" style={{ transform: `translate(-50%, 0) translate(${head[0]}px, ${head[1]}px)` }}>
            {way.ends === 'end' ? t('canvas.end') : t('canvas.back', { step: backTo })}
          </div>
        )}
        <div className="way-at nodrag nopan" style={{ transform: `translate(-50%, -50%) translate(${way.at[0]}px, ${way.at[1]}px)` }}>
          {label && <span className={`way-name${way.holdout ? ' control' : ''}`} title={label}>{label}</span>}
          <AddMenu open={isOpen} onOpen={(open) => onOpen(open ? way : null)} onAdd={(type) => onAdd(way, type)} onPaste={() => onPaste(way)}>
            <button
              type="button" className={`plus${over ? ' over' : ''}`} aria-label={`${t('canvas.add')}: ${label ?? ''}`} title={t('canvas.addHere')} data-way={id}
              onDragEnter={hover} onDragOver={hover}
              onDragLeave={(drag) => !drag.currentTarget.contains(drag.relatedTarget as Element | null) && setOver(false)}
              onDrop={(drop) => {
                drop.preventDefault()
                setOver(false)
                const dropped = droppedStep(drop)
                if (!dropped) return
                if ('moved' in dropped) onMove(way, dropped.moved)
                else onAdd(way, dropped.fresh)
              }}
            >
              <PlusOutlined />
            </button>
          </AddMenu>
        </div>
      </EdgeLabelRenderer>
    </>
  )
})

function labelOf(way: PlacedEdge, kind: string, t: (key: string) => string): string | null {
  if (way.slot === 'otherwise') return kind === 'wait_for' ? t('canvas.timeout') : t('canvas.otherwise')
  if (way.slot === 'next') return kind === 'wait_for' ? t('canvas.came') : null
  if (way.slot === 'on_failure') return t('canvas.failed')
  if (way.name === undefined) return null
  return way.share === undefined ? way.name : `${way.name} ${Math.round(way.share * 100)}%${way.holdout ? ` · ${t('canvas.heldOut')}` : ''}`
}
