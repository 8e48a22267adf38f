import unittest

from doubles.deployments import Steps, breaker_threshold, next_steps


class RollingUpdate(unittest.TestCase):
    def test_steps(self):
        for why, desired, new, old, limits, expected in (
            ("starts everything if nothing is running", 2, (0, 0), (0, 0), (200, 100), Steps(2, 0, 0)),
            ("starts new tasks in addition to the old ones", 2, (0, 0), (2, 2), (200, 100), Steps(2, 0, 0)),
            ("keeps old tasks until new ones are healthy", 2, (2, 0), (2, 2), (200, 100), Steps(0, 0, 0)),
            ("stops one old task for one new one", 2, (2, 1), (2, 2), (200, 100), Steps(0, 1, 0)),
            ("stops all old tasks for all new ones", 2, (2, 2), (2, 2), (200, 100), Steps(0, 2, 0)),
            ("makes room first if there is none", 2, (0, 0), (2, 2), (100, 50), Steps(0, 1, 0)),
            ("uses the room", 2, (0, 0), (1, 1), (100, 50), Steps(1, 0, 0)),
            ("stops excess tasks", 1, (3, 3), (0, 0), (200, 100), Steps(0, 0, 2)),
            ("stops everything if nothing is desired", 0, (2, 2), (1, 1), (200, 100), Steps(0, 1, 2)),
        ):
            with self.subTest(why):
                self.assertEqual(expected, next_steps(desired, new, old, *limits))

    def test_the_threshold_of_the_circuit_breaker(self):
        self.assertEqual([3, 3, 5, 200], [breaker_threshold(desired) for desired in (1, 6, 10, 1000)])


if __name__ == "__main__":
    unittest.main()
