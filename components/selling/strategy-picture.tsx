import type { ReactNode } from 'react'
import type { Strategy } from '@/lib/engine/schema'
import { cn } from '../ui/cn'

const rows = [8, 24, 40]
const quiet = 'stroke-line-strong'
const strong = 'stroke-accent'

const Box = ({ y, x = 52, width = 16, isOn }: { y: number; x?: number; width?: number; isOn?: boolean }) => (
  <rect
    x={x}
    y={y - 5}
    width={width}
    height={10}
    rx={3}
    className={isOn ? 'fill-accent stroke-accent' : 'fill-surface stroke-tertiary/70'}
  />
)

const Way = ({ to, isOn, isLater }: { to: number; isOn?: boolean; isLater?: boolean }) => (
  <path
    d={`M12 24 C 30 24, 30 ${to}, 50 ${to}`}
    className={isOn ? strong : quiet}
    {...(isLater && { strokeDasharray: '2 3' })}
  />
)

const Lead = () => <circle cx={8} cy={24} r={4} className="fill-accent" />

const Text = ({ x, y, children, isOn }: { x: number; y: number; children: string; isOn?: boolean }) => (
  <text
    x={x}
    y={y}
    textAnchor="middle"
    className={cn('stroke-none font-medium', isOn ? 'fill-on-accent' : 'fill-tertiary')}
    fontSize={7.5}
  >
    {children}
  </text>
)

const pictures: Record<Strategy, ReactNode> = {
  priority: (
    <>
      <Way to={8} isOn />
      <path d="M60 14 V18 M60 30 V34" className={quiet} strokeDasharray="2 2" />
      {rows.map((y, index) => (
        <g key={y}>
          <Box y={y} isOn={index === 0} />
          <Text x={60} y={y + 2.8} isOn={index === 0}>
            {String(index + 1)}
          </Text>
        </g>
      ))}
    </>
  ),
  weighted: (
    <>
      {rows.map((y, index) => (
        <g key={y}>
          <Way to={y} isOn={index === 0} />
          <Box y={y} x={50} width={18} />
          <rect x={50} y={y - 5} width={[18, 10, 5][index]} height={10} rx={3} className="fill-accent/80" />
        </g>
      ))}
    </>
  ),
  round_robin: (
    <>
      <path d="M22 13 A 13 13 0 1 1 17 32" className={strong} />
      <path d="M13.5 35 L17 31.5 L20.5 35.5" className={strong} />
      {rows.map((y, index) => (
        <g key={y}>
          <Box y={y} isOn={index === 1} />
        </g>
      ))}
      <path d="M40 24 H50" className={strong} />
    </>
  ),
  highest_price: (
    <>
      <Way to={8} isOn />
      <Way to={24} isLater />
      <Way to={40} isLater />
      {rows.map((y, index) => (
        <g key={y}>
          <Box y={y} x={48} width={22} isOn={index === 0} />
          <Text x={59} y={y + 2.8} isOn={index === 0}>
            {['$$$', '$$', '$'][index] ?? ''}
          </Text>
        </g>
      ))}
    </>
  ),
  rules: (
    <>
      {rows.map((y, index) => (
        <g key={y}>
          <Way to={y} isOn={index === 1} isLater={index !== 1} />
          <path
            d={`M36 ${y - 5} L41 ${y} L36 ${y + 5} L31 ${y} Z`}
            className={index === 1 ? 'fill-accent stroke-accent' : 'fill-surface stroke-tertiary/70'}
          />
          <Box y={y} isOn={index === 1} />
        </g>
      ))}
    </>
  ),
  table: (
    <>
      <path d="M14 24 H20" className={strong} />
      <rect x={20} y={4} width={20} height={40} rx={3} className="fill-surface stroke-tertiary/70" />
      <path d="M20 16 H40 M20 32 H40" className={quiet} />
      <rect x={20} y={16} width={20} height={16} className="fill-accent/25" />
      {['CA', 'NY', 'TX'].map((value, index) => (
        <g key={value}>
          <Text x={30} y={(rows[index] ?? 0) + 3}>
            {value}
          </Text>
          <path d={`M40 ${rows[index]} H50`} className={index === 1 ? strong : quiet} />
          <Box y={rows[index] ?? 0} isOn={index === 1} />
        </g>
      ))}
    </>
  ),
  broadcast: (
    <>
      {rows.map((y) => (
        <g key={y}>
          <Way to={y} isOn />
          <Box y={y} isOn />
        </g>
      ))}
    </>
  ),
}

/** How a strategy goes about its buyers, drawn small: the lead at the left, the buyers at the right. */
export function StrategyPicture({ strategy, className }: { strategy: Strategy; className?: string }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 74 48"
      fill="none"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={cn('h-12 w-[4.625rem] shrink-0', className)}
    >
      {pictures[strategy]}
      <Lead />
    </svg>
  )
}
