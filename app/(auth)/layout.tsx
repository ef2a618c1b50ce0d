import Link from 'next/link'
import type { ReactNode } from 'react'
import { Logo } from '@/components/ui/logo'

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col bg-sidebar">
      <header className="px-5 py-4 sm:px-8 sm:py-6">
        <Link href="/" className="inline-flex rounded-md" aria-label="Baton, start page">
          <Logo />
        </Link>
      </header>
      <main
        id="content"
        className="flex flex-1 flex-col items-center px-4 pt-6 pb-16 sm:justify-center sm:pt-0 sm:pb-32"
      >
        {children}
      </main>
    </div>
  )
}
