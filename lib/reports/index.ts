export { overview } from './overview'
