import { describeStore } from './storeContract.ts'
import { emptyPlace } from './stores.ts'

describeStore('the store in files', emptyPlace)
