// The life that ends in the middle of step 3: it says where it is and waits to be killed.
import { open, tasks } from './work.ts'

const muster = open(process.argv[2] ?? '.')
const run = muster.run({ run: 'migration', tasks })
run.on('attempt-started', ({ task }) => {
  if (task === 'step 3') process.stdout.write('in the middle of step 3\n')
})
// Keeps the process alive, as a server or a test would.
setInterval(() => undefined, 60_000)
