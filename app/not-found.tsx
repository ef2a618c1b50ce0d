import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Logo } from '@/components/ui/logo'

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-3 px-6 pb-24">
      <Logo className="mb-6" />
      <p className="font-mono text-tertiary text-sm">404</p>
      <h1 className="font-semibold text-xl tracking-tight">There is nothing at this address</h1>
      <p className="text-pretty text-secondary">
        The link may be old, or what it led to belongs to another account. Check that you are signed in to the right
        one.
      </p>
      <div className="mt-3 flex gap-2">
        <Button variant="primary" asChild>
          <Link href="/">Go to the start</Link>
        </Button>
        <Button asChild>
          <Link href="/sign-in">Sign in</Link>
        </Button>
      </div>
    </main>
  )
}
