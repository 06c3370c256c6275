! scan slice NUMBER | best | selftest
program scan
  use, intrinsic :: iso_fortran_env, only: error_unit
  use grid, only: real64, slices, points, compute, write_slice, read_slice
  use minimum, only: fit, of_grid
  use selftest, only: passed
  implicit none
  integer, parameter :: mssm = 1
  character(len=16) :: word
  integer :: number

  interface
    subroutine setmod(imodel)
      integer, intent(in) :: imodel
    end subroutine setmod
  end interface

  call setmod(mssm)
  call get_command_argument(1, word)
  if (word == 'slice' .and. command_argument_count() == 2) then
    number = chosen_slice()
    call write_slice(number, compute(number))
  else if (word == 'best' .and. command_argument_count() == 1) then
    call tell_best()
  else if (word == 'selftest' .and. command_argument_count() == 1) then
    if (.not. passed()) stop 1
  else
    call refuse()
  end if

contains

  function chosen_slice() result(slice)
    integer :: slice, status
    call get_command_argument(2, word)
    read (word, *, iostat=status) slice
    if (status /= 0) call refuse()
    if (slice < 1 .or. slice > slices) call refuse()
  end function chosen_slice

  subroutine tell_best()
    real(real64), allocatable :: values(:, :)
    type(fit) :: best
    integer :: slice, unit
    logical :: good
    allocate (values(points, slices))
    do slice = 1, slices
      call read_slice(slice, values(:, slice), good)
      if (.not. good) then
        write (error_unit, '(a, i0, a)') 'scan: slice ', slice, ' is not there, or not whole'
        stop 1
      end if
    end do
    best = of_grid(values, good)
    if (.not. good) write (error_unit, '(a)') 'scan: the minimum is at the edge of the grid'
    open (newunit=unit, file='best.dat', action='write', status='replace')
    call tell(unit, best)
    close (unit)
    write (*, '(a)', advance='no') 'log10(mass/GeV), 1/alpha, chi2:'
    call tell(6, best)
  end subroutine tell_best

  subroutine tell(unit, best)
    integer, intent(in) :: unit
    type(fit), intent(in) :: best
    write (unit, '(f11.6, f11.6, f11.6)') best%log_mass, best%inverse_coupling, best%chi2
  end subroutine tell

  subroutine refuse()
    write (error_unit, '(a)') 'usage: scan slice NUMBER | best | selftest'
    write (error_unit, '(a, i0)') 'NUMBER is from 1 to ', slices
    stop 2
  end subroutine refuse

end program scan
