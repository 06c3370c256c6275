! The smallest chi-square: between the points of a grid, and by hand.
module minimum
  use grid, only: real64, slices, points, log_mass, inverse_coupling
  implicit none
  private
  public :: fit, of_grid, by_hand

  type :: fit
    real(real64) :: log_mass, inverse_coupling, chi2
  end type fit

  interface
    subroutine measrd(xm, dxm)
      double precision, intent(out) :: xm(3), dxm(3)
    end subroutine measrd
  end interface

contains

  ! Through the smallest value and those around it goes one paraboloid. The couplings are linear in
  ! both parameters, so chi-square is that paraboloid, and its vertex is the minimum.
  function of_grid(values, good) result(best)
    real(real64), intent(in) :: values(points, slices)
    logical, intent(out) :: good
    type(fit) :: best
    real(real64) :: around(-1:1, -1:1), slope(2), bend(2, 2), step(2), width(2)
    integer :: at(2)
    at = minloc(values)
    good = all(at > 1) .and. at(1) < points .and. at(2) < slices
    best = fit(log_mass(at(2)), inverse_coupling(at(1)), values(at(1), at(2)))
    if (.not. good) return
    around = values(at(1) - 1:at(1) + 1, at(2) - 1:at(2) + 1)
    slope = [around(1, 0) - around(-1, 0), around(0, 1) - around(0, -1)]/2
    bend(1, 1) = around(1, 0) - 2*around(0, 0) + around(-1, 0)
    bend(2, 2) = around(0, 1) - 2*around(0, 0) + around(0, -1)
    bend(1, 2) = (around(1, 1) - around(1, -1) - around(-1, 1) + around(-1, -1))/4
    bend(2, 1) = bend(1, 2)
    step = solved(bend, -slope)
    width = [inverse_coupling(2) - inverse_coupling(1), log_mass(2) - log_mass(1)]
    best%inverse_coupling = best%inverse_coupling + step(1)*width(1)
    best%log_mass = best%log_mass + step(2)*width(2)
    best%chi2 = best%chi2 + dot_product(slope, step)/2
  end function of_grid

  ! The normal equations of a linear fit with weights, without the legacy codes' predictions.
  function by_hand() result(best)
    type(fit) :: best
    real(real64), parameter :: slope(3) = [6.6d0, 1d0, -3d0], mass_z = 91.1876d0
    real(real64) :: measured(3), errors(3), weight(3), design(3, 2), normal(2, 2), found(2)
    call measrd(measured, errors)
    weight = 1/errors**2
    design(:, 1) = 1
    design(:, 2) = slope/(8*atan(1d0))
    normal = matmul(transpose(design), spread(weight, 2, 2)*design)
    found = solved(normal, matmul(transpose(design), weight*measured))
    best%inverse_coupling = found(1)
    best%log_mass = (found(2) + log(mass_z))/log(10d0)
    best%chi2 = sum(weight*(matmul(design, found) - measured)**2)
  end function by_hand

  pure function solved(a, b) result(x)
    real(real64), intent(in) :: a(2, 2), b(2)
    real(real64) :: x(2)
    x = [a(2, 2)*b(1) - a(1, 2)*b(2), a(1, 1)*b(2) - a(2, 1)*b(1)]
    x = x/(a(1, 1)*a(2, 2) - a(1, 2)*a(2, 1))
  end function solved

end module minimum
