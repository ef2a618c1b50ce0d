'use client'

import { Check, Copy } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { Button, type ButtonProps } from './button'
import { copyText } from './copy-text'

/** True for a moment after `copy` put the text on the clipboard. */
export function useCopied(): [boolean, (text: string) => void] {
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), 1600)
    return () => clearTimeout(timer)
  }, [isCopied])
  return [isCopied, (text) => void copyText(text).then(setCopied)]
}

type CopyButtonProps = Omit<ButtonProps, 'onClick' | 'children'> & {
  text: string
  /** Words beside the icon ("Copy as curl"); without it the icon stands alone and `label` names it. */
  children?: ReactNode
  label?: string
}

/** Puts `text` on the clipboard and says so. */
export function CopyButton({ text, children, label = 'Copy', size, variant = 'ghost', ...props }: CopyButtonProps) {
  const [isCopied, copy] = useCopied()
  return (
    <Button
      variant={variant}
      size={size ?? (children ? 'sm' : 'icon-sm')}
      {...(!children && { 'aria-label': isCopied ? 'Copied' : label, title: label })}
      {...props}
      onClick={() => copy(text)}
    >
      {isCopied ? <Check className="size-3.5 text-green" /> : <Copy className="size-3.5" />}
      {children && (isCopied ? 'Copied' : children)}
      <span aria-live="polite" className="sr-only">
        {isCopied && 'Copied'}
      </span>
    </Button>
  )
}
