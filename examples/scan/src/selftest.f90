! What is known of the scan without a computer.
module selftest
  use grid, only: real64, slices, points, compute, log_mass, inverse_coupling
  use minimum, only: fit, of_grid, by_hand
  implicit none
  private
  public :: passed

contains

  function passed()
    logical :: passed
    real(real64), allocatable :: values(:, :)
    type(fit) :: scanned, solved
    integer :: slice
    logical :: inside
    allocate (values(points, slices))
    do slice = 1, slices
      values(:, slice) = compute(slice)
    end do
    scanned = of_grid(values, inside)
    solved = by_hand()
    passed = told('the smallest value lies inside the grid', inside)
    passed = told('mass of unification is the minimum as by hand', &
                  abs(scanned%log_mass - solved%log_mass) < 1d-8) .and. passed
    passed = told('coupling there', &
                  abs(scanned%inverse_coupling - solved%inverse_coupling) < 1d-8) .and. passed
    passed = told('smallest chi-square', abs(scanned%chi2 - solved%chi2) < 1d-8) .and. passed
    passed = told('no value of the grid is below it', &
                  all(values >= solved%chi2 - 1d-8)) .and. passed
  end function passed

  function told(what, good)
    character(len=*), intent(in) :: what
    logical, intent(in) :: good
    logical :: told
    told = good
    print '(a, 1x, a)', merge('ok   ', 'WRONG', good), what
  end function told

end module selftest
