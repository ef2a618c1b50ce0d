import Link from 'next/link'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Logo } from '@/components/ui/logo'
import { currentUser } from '@/lib/auth'

export default async function SiteLayout({ children }: { children: ReactNode }) {
  const user = await currentUser()
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="mx-auto flex h-16 w-full max-w-page items-center gap-6 px-5 sm:px-8">
        <Link href="/" className="inline-flex rounded-md" aria-label="Baton, start page">
          <Logo />
        </Link>
        <nav aria-label="Site" className="ml-auto flex items-center gap-1 sm:gap-2">
          <Button variant="ghost" asChild className="max-sm:hidden">
            <a href="/api/docs">API reference</a>
          </Button>
          {user ? (
            <Button variant="primary" asChild>
              <Link href="/seller">Open Baton</Link>
            </Button>
          ) : (
            <>
              <Button variant="ghost" asChild>
                <Link href="/sign-in">Sign in</Link>
              </Button>
              <Button variant="primary" asChild>
                <Link href="/sign-up">Create account</Link>
              </Button>
            </>
          )}
        </nav>
      </header>
      <main id="content" className="flex-1">
        {children}
      </main>
      <footer className="mt-16 border-t">
        <div className="mx-auto flex max-w-page flex-wrap items-center justify-between gap-x-6 gap-y-2 px-5 py-6 text-sm text-tertiary sm:px-8">
          <p>Baton is open source, under the MIT license.</p>
          <nav aria-label="Foot" className="flex gap-5">
            <Link href="/docs/fields" className="hover:text-foreground">
              Fields
            </Link>
            <Link href="/docs/variables" className="hover:text-foreground">
              Variables
            </Link>
            <a href="/api/docs" className="hover:text-foreground">
              API reference
            </a>
            <Link href="/sign-in" className="hover:text-foreground">
              Sign in
            </Link>
          </nav>
        </div>
      </footer>
    </div>
  )
}
