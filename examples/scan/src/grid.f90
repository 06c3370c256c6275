! The grid of the scan: a slice for each log10 of the mass of unification in GeV, and in it a point
! for each inverse coupling there. A job of the array computes one slice.
module grid
  implicit none
  private
  integer, parameter, public :: real64 = kind(1d0)
  integer, parameter, public :: slices = 41, points = 201
  public :: log_mass, inverse_coupling, compute, write_slice, read_slice

  interface
    function chi2(aginv, xlgmg)
      double precision, intent(in) :: aginv, xlgmg
      double precision :: chi2
    end function chi2
  end interface

contains

  pure function log_mass(slice)
    integer, intent(in) :: slice
    real(real64) :: log_mass
    log_mass = 15d0 + 0.05d0*(slice - 1)
  end function log_mass

  pure function inverse_coupling(point)
    integer, intent(in) :: point
    real(real64) :: inverse_coupling
    inverse_coupling = 22d0 + 0.02d0*(point - 1)
  end function inverse_coupling

  function compute(slice) result(values)
    integer, intent(in) :: slice
    real(real64) :: values(points)
    integer :: point
    do point = 1, points
      values(point) = chi2(inverse_coupling(point), log_mass(slice))
    end do
  end function compute

  function file_of(slice) result(name)
    integer, intent(in) :: slice
    character(len=13) :: name
    write (name, '("slice-", i3.3, ".dat")') slice
  end function file_of

  subroutine write_slice(slice, values)
    integer, intent(in) :: slice
    real(real64), intent(in) :: values(points)
    integer :: unit, point
    open (newunit=unit, file=file_of(slice), action='write', status='replace')
    do point = 1, points
      write (unit, '(f8.3, f9.3, es25.16)') log_mass(slice), inverse_coupling(point), values(point)
    end do
    close (unit)
  end subroutine write_slice

  ! `good` says whether all of the slice is there.
  subroutine read_slice(slice, values, good)
    integer, intent(in) :: slice
    real(real64), intent(out) :: values(points)
    logical, intent(out) :: good
    real(real64) :: mass, coupling
    integer :: unit, point, status
    values = 0
    good = .false.
    open (newunit=unit, file=file_of(slice), action='read', status='old', iostat=status)
    if (status /= 0) return
    do point = 1, points
      read (unit, *, iostat=status) mass, coupling, values(point)
      if (status /= 0) exit
    end do
    good = status == 0
    close (unit)
  end subroutine read_slice

end module grid
