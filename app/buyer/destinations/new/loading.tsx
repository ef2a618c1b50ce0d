export { SetupSkeleton as default } from '../_components/setup-skeleton'
